# Orderdesk as an image: built with the same scripts as everywhere else, run by a
# user without rights, in an image without a compiler.
FROM rust:1.95.0-bookworm AS build
RUN apt-get update \
    && apt-get install --no-install-recommends --yes nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src

# The tools first: they change less often than the code.
COPY rust-toolchain.toml Cargo.lock ./
COPY scripts/environment.sh scripts/processes.sh scripts/postgres.sh scripts/setup.sh scripts/versions.env scripts/
RUN scripts/setup.sh build

COPY . .
RUN scripts/build.sh

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --no-install-recommends --yes ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin orderdesk
# hash.txt, which names the site's files, has to lie beside the executable.
COPY --from=build /src/target/release/orderdesk /src/target/release/orderdesk-publish /src/target/release/hash.txt /opt/orderdesk/bin/
COPY --from=build /src/target/site /opt/orderdesk/site
COPY samples /opt/orderdesk/samples
ENV PATH=/opt/orderdesk/bin:$PATH \
    SITE_ROOT=/opt/orderdesk/site \
    LEPTOS_OUTPUT_NAME=orderdesk \
    LEPTOS_HASH_FILES=true
USER orderdesk
WORKDIR /opt/orderdesk
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
CMD ["orderdesk"]
