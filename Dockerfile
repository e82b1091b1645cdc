# One image for every process of the service: placement serve, placement worker, placement migrate.
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/placement
# The locks first: a change of the code alone keeps this layer.
COPY requirements-build.lock requirements.lock ./
RUN pip install --require-hashes -r requirements-build.lock \
    && /opt/placement/bin/pip install --require-hashes -r requirements.lock
COPY . .
RUN pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/placement/bin/pip install --no-deps --no-index dist/*.whl

FROM python:${PYTHON}
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /srv/placement placement \
    && install --directory --owner=placement --group=placement /srv/placement /srv/placement/var
COPY --from=build /opt/placement /opt/placement
ENV PATH=/opt/placement/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PLACEMENT_HOST=0.0.0.0 \
    PLACEMENT_PORT=8000
# The embedded defaults keep their files in ./var of this folder.
WORKDIR /srv/placement
USER placement
EXPOSE 8000
# For the process that serves; a container that works or migrates answers no HTTP and turns this off.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as http; http.urlopen('http://127.0.0.1:' + os.environ['PLACEMENT_PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["placement"]
CMD ["serve"]
