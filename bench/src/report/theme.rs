//! Colours of plots, for light pages and for dark ones.

use plotters::prelude::RGBColor;

/// Letters.
pub const FONT: &str = "sans-serif";

/// How wide a plot is.
pub const WIDTH: u32 = 860;

/// The colours of a theme.
pub struct Theme {
    /// Its name, in names of files.
    pub name: &'static str,
    /// What is drawn on.
    pub ground: RGBColor,
    /// Text.
    pub ink: RGBColor,
    /// Lines to read by.
    pub faint: RGBColor,
    /// Orderdesk.
    pub own: [RGBColor; 3],
    /// Limits; the last one also says that a goal is missed.
    pub limit: [RGBColor; 3],
}

/// A light one and a dark one.
pub const THEMES: [Theme; 2] = [
    Theme {
        name: "light",
        ground: RGBColor(255, 255, 255),
        ink: RGBColor(31, 35, 40),
        faint: RGBColor(216, 222, 228),
        own: [
            RGBColor(9, 105, 218),
            RGBColor(17, 138, 110),
            RGBColor(130, 80, 223),
        ],
        limit: [
            RGBColor(140, 149, 159),
            RGBColor(176, 136, 0),
            RGBColor(188, 76, 0),
        ],
    },
    Theme {
        name: "dark",
        ground: RGBColor(13, 17, 23),
        ink: RGBColor(230, 237, 243),
        faint: RGBColor(48, 54, 61),
        own: [
            RGBColor(88, 166, 255),
            RGBColor(63, 185, 150),
            RGBColor(188, 140, 255),
        ],
        limit: [
            RGBColor(125, 133, 144),
            RGBColor(210, 153, 34),
            RGBColor(240, 136, 62),
        ],
    },
];
