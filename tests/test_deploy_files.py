"""The files that put Redleaf on a server are accepted by the programs that read them."""

import datetime
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).resolve().parent.parent


def run(*argv: str | Path, cwd: Path = ROOT) -> None:
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hadolint_accepts_the_dockerfile() -> None:
    run(Path(sys.executable).with_name("hadolint"), "Dockerfile")


@pytest.fixture
def compose() -> list[str]:
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    plugin = shutil.which("docker") and subprocess.run(
        ["docker", "compose", "version"], capture_output=True
    )
    if not plugin or plugin.returncode:
        pytest.skip("docker compose is not installed")
    return ["docker", "compose"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The compose file beside an .env that was filled in as the example says."""
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    lines = (ROOT / "deploy" / "env.example").read_text().splitlines()
    filled = [line + "secret" if line.endswith("=") else line for line in lines]
    (tmp_path / ".env").write_text("\n".join(filled))
    return tmp_path


def test_compose_accepts_its_file(compose: list[str], project: Path) -> None:
    run(*compose, "config", "--quiet", cwd=project)


def test_compose_refuses_to_start_without_secrets(compose: list[str], project: Path) -> None:
    shutil.copy(ROOT / "deploy" / "env.example", project / ".env")
    done = subprocess.run([*compose, "config"], cwd=project, capture_output=True, text=True)
    assert done.returncode != 0
    assert "see deploy/env.example" in done.stderr


def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if nginx is None:
        pytest.skip("nginx is not installed")
    write_certificate(tmp_path)
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for place, here in {
        "/tmp/": f"{tmp_path}/",
        "/etc/nginx/certificates": str(tmp_path),
        "listen 8080": "listen 127.0.0.1:18080",
        "listen 8443": "listen 127.0.0.1:18443",
    }.items():
        assert place in text
        text = text.replace(place, here)
    (tmp_path / "nginx.conf").write_text(text)
    run(nginx, "-t", "-c", tmp_path / "nginx.conf")


def write_certificate(folder: Path) -> None:
    """A certificate signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "redleaf.example")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
