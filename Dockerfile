# docker build -t immunobot .
# docker run -p 127.0.0.1:8080:8080 -v immunobot:/var/lib/immunobot --read-only immunobot
ARG BASE_IMAGE=debian:bookworm-slim

FROM ${BASE_IMAGE} AS build
WORKDIR /src
# First what changes seldom, so that the packages stay in the layer cache.
COPY scripts/setup.sh scripts/
RUN bash scripts/setup.sh
COPY CMakeLists.txt CMakePresets.json ./
COPY cmake cmake
COPY src src
COPY web web
COPY scripts/build.sh scripts/
RUN bash scripts/build.sh release immunobot && strip build/release/immunobot

FROM ${BASE_IMAGE}
RUN apt-get update -q \
 && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
      libboost-json1.81.0 libsqlite3-0 libspdlog1.10 libfmt9 libyaml-cpp0.7 libutf8proc2 libidn2-0 libstemmer0d libedit2 libsodium23 libssl3 \
 && apt-get clean && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/immunobot --shell /usr/sbin/nologin immunobot \
 && install -d -o immunobot -g immunobot -m 750 /var/lib/immunobot
COPY --from=build /src/build/release/immunobot /usr/local/bin/immunobot
COPY LICENSE /usr/share/immunobot/
COPY intents /usr/share/immunobot/intents
COPY data /usr/share/immunobot/data
ENV IMMUNOBOT_DATABASE=/var/lib/immunobot/immunobot.db \
    IMMUNOBOT_INTENTS=/usr/share/immunobot/intents \
    IMMUNOBOT_DATA=/usr/share/immunobot/data \
    IMMUNOBOT_LISTEN=0.0.0.0:8080 \
    LANG=C.UTF-8
USER 10001:10001
WORKDIR /var/lib/immunobot
VOLUME /var/lib/immunobot
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["immunobot", "healthcheck"]
ENTRYPOINT ["immunobot"]
CMD ["serve"]
