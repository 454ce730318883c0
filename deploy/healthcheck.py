"""Whether the web server of this container answers, for Docker: the exit code says it."""

import http.client
import os

connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
raise SystemExit(connection.getresponse().status != http.HTTPStatus.OK)
