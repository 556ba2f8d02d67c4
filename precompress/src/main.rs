//! `precompress FOLDER`: puts a `.zst` beside each file of the folder that
//! cargo-leptos has put a `.br` beside.

use std::{env, fs, path::Path};

use anyhow::{Context as _, Result};

/// zstd's strongest: the files are compressed once and sent often.
const LEVEL: i32 = 22;

fn main() -> Result<()> {
    let folder = env::args_os().nth(1).context("usage: precompress FOLDER")?;
    compress_all(Path::new(&folder))
}

fn compress_all(folder: &Path) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let brotli = entry?.path();
        if brotli.extension().is_some_and(|kind| kind == "br") {
            compress(&brotli.with_extension(""))?;
        }
    }
    Ok(())
}

fn compress(file: &Path) -> Result<()> {
    let compress = || -> Result<()> {
        let plain = fs::read(file)?;
        let mut packer = zstd::bulk::Compressor::new(LEVEL)?;
        // RFC 9659: whoever speaks HTTP need not have a larger window.
        packer.window_log(23)?;
        let mut name = file.as_os_str().to_owned();
        name.push(".zst");
        fs::write(name, packer.compress(&plain)?)?;
        Ok(())
    };
    compress().with_context(|| format!("compressing {}", file.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::compress_all;

    #[test]
    fn what_has_a_br_gets_a_zst_that_unpacks_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let text = "orders ".repeat(10_000);
        for name in ["a.js", "a.js.br", "b.txt"] {
            fs::write(folder.path().join(name), &text).unwrap();
        }
        compress_all(folder.path()).unwrap();
        let packed = fs::read(folder.path().join("a.js.zst")).unwrap();
        assert!(packed.len() < 200, "{}", packed.len());
        assert_eq!(
            zstd::decode_all(packed.as_slice()).unwrap(),
            text.as_bytes()
        );
        assert!(!folder.path().join("b.txt.zst").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
    }
}
