# The default image: Beacon, the C library, OpenSSL and the certificates of public authorities. No shell, no package manager.
#
# It takes what was made before, for each processor:
#     ./build.sh publish linux-x64 linux-arm64
#     eng/image-root.sh amd64 arm64
#     docker buildx build --platform linux/amd64,linux/arm64 --tag beacon .
# `eng/image.sh` does all three with buildah, where there is no Docker. To build with Docker alone, from the sources: Dockerfile.alpine.
# What is in it, file by file, and why: docs/builds.md.
FROM scratch
ARG TARGETARCH

# Debian's part, with owners and rights as they are in the archive. It changes when Debian's packages do, the binary with every release.
ADD artifacts/image/${TARGETARCH}/base.tar /
COPY artifacts/image/${TARGETARCH}/beacon /beacon

ENV BEACON_DATA_DIR=/app/data
WORKDIR /app/data
USER 1000:1000
VOLUME /app/data
EXPOSE 8080/tcp 5353/udp
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD ["/beacon", "healthcheck"]
ENTRYPOINT ["/beacon"]
CMD ["serve"]

# Last, so that a new commit alone leaves the layers above as they are.
ARG VERSION=2.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=
LABEL org.opencontainers.image.title="Beacon" \
      org.opencontainers.image.description="Service registry for the home network: register with one HTTP request, be found by mDNS" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
