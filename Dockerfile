# Two images from one file:
#   docker build --target bot .      the bot: no TensorFlow, starts in seconds
#   docker build --target trainer .  the trainer: TensorFlow with CUDA, one training run per start
# The locked dependencies stand in a layer before the code, so that a change of code rebuilds in seconds.

ARG PYTHON=3.12

FROM python:${PYTHON}-slim-bookworm AS builder
ARG UV_VERSION=0.13.9
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV=/opt/venv
RUN python -m pip install --no-cache-dir --disable-pip-version-check uv==${UV_VERSION} \
    && uv venv ${VIRTUAL_ENV}
WORKDIR /app
COPY pyproject.toml requirements.lock ./

FROM builder AS bot-builder
RUN uv pip install --verify-hashes -c requirements.lock -r pyproject.toml
COPY . .
RUN uv pip install --no-deps -e .

FROM builder AS trainer-builder
RUN uv pip install --verify-hashes -c requirements.lock -r pyproject.toml --extra train --extra gpu
COPY . .
RUN uv pip install --no-deps -e .

FROM python:${PYTHON}-slim-bookworm AS base
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 REELMATE_DATA_DIR=/data
RUN useradd --system --uid 10001 --create-home reelmate \
    && install -d -o reelmate -g reelmate /data
WORKDIR /app
VOLUME /data
USER 10001
ENTRYPOINT ["reelmate"]

FROM base AS trainer
COPY --from=trainer-builder /opt/venv /opt/venv
COPY --from=trainer-builder /app /app
# One run and out: whoever starts it reads its exit code, and nothing serves that could be asked for its health.
HEALTHCHECK NONE
CMD ["retrain"]

FROM base AS bot
# Letters for the pictures, Chinese ones too. Fonts change no behaviour, so whatever version the base image's Debian has.
USER 0
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/*
USER 10001
COPY --from=bot-builder /opt/venv /opt/venv
COPY --from=bot-builder /app /app
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s --retries=3 CMD ["reelmate", "doctor", "--running"]
CMD ["run"]
