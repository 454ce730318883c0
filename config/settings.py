"""All settings. The environment is the only other source; a wrong value fails at once."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from config.sidebar import NAVIGATION

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.str("REDLEAF_VAR", str(BASE_DIR / "var")))

# --- the server ---------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
# Plain HTTP is for one's own machine only; everything else is behind TLS.
INSECURE_HTTP = env.bool("REDLEAF_INSECURE_HTTP", DEBUG)
PORT = env.int("REDLEAF_PORT", 8000)
ORIGIN = env.str("REDLEAF_ORIGIN", f"http://127.0.0.1:{PORT}")
CSRF_TRUSTED_ORIGINS = [ORIGIN]
WSGI_APPLICATION = "config.wsgi.application"
ROOT_URLCONF = "config.urls"
APPEND_SLASH = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "django_htmx",
    "csp",
    "accounts",
    "moderation",
    "notes",
    "feeds",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.sessions.PersonMiddleware",
    "accounts.middleware.InterfaceLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.second_factor.DeskMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.limits.RateLimitMiddleware",
    "accounts.idempotency.IdempotencyMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- data ---------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", "postgres:///redleaf")}
DATABASES["default"] |= {
    # The development server makes a thread a connection; the real one keeps its threads.
    "CONN_MAX_AGE": 0 if DEBUG else 600,
    # Asking whether a connection lives costs every request a query; a dead one is a 503 once.
    "CONN_HEALTH_CHECKS": False,
    "OPTIONS": {
        "connect_timeout": 5,
        # What accounts/prepared.py asks is planned once for each connection.
        "prepare_threshold": 0,
        "options": "-c statement_timeout=15000 -c lock_timeout=5000"
        " -c idle_in_transaction_session_timeout=60000",
    },
}
REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
# Log-in counters live here: they must survive the loss of Redis.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Beyond it a third is dropped without looking: counters must not vanish.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    # Pages as they were drawn within the last minute, in the memory of each process.
    "drawn": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "drawn",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

# --- tasks --------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A frozen broker must not freeze a request: short timeouts, no publishing twice.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_throttle": 1,
    "socket_timeout": 1.5,
    "socket_connect_timeout": 1,
    "retry_on_timeout": False,
    "queue_order_strategy": "priority",
}
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 100
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kB
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "UTC"
CELERY_TASK_DEFAULT_QUEUE = "feeds"
CELERY_TASK_ROUTES = {
    "moderation.*": {"queue": "moderation"},
    "feeds.*": {"queue": "feeds"},
    "accounts.*": {"queue": "mail"},
    "notes.settle": {"queue": "feeds"},
    "notes.translate": {"queue": "mail"},  # another service to wait for
    "notes.sweep_translations": {"queue": "mail"},
    "feeds.digest": {"queue": "mail"},
    "feeds.export": {"queue": "mail"},
    "feeds.sweep_exports": {"queue": "mail"},
    "notes.*": {"queue": "media"},
}

# --- people -------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.sessions.PersonBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "accounts.validators.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_FORMS = {"login": "accounts.login.LoginForm"}
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
# With "mandatory" nobody enters before the address is confirmed.
ACCOUNT_EMAIL_VERIFICATION = env.str("REDLEAF_EMAIL_VERIFICATION", "optional")
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Joining does not tell whether an address is known: several may give it, one can confirm it.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
PASSWORD_RESET_TIMEOUT = 30 * 60
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Redleaf"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = INSECURE_HTTP
USERSESSIONS_TRACK_ACTIVITY = False
# Without it a stolen password of a moderator opens the desk. Only on one's own machine, where
# the moderator of the demo has none, it is not asked for.
STAFF_SECOND_FACTOR = env.bool("REDLEAF_STAFF_SECOND_FACTOR", not INSECURE_HTTP)
ACCOUNT_RATE_LIMITS = {
    "login_failed": "100/15m/ip,10/15m/key",
    "signup": "60/m/ip",
    "signup_network": "300/h/key",
}
# How many people may join in a minute; who comes later gets a place in the line.
SIGNUPS_PER_MINUTE = env.int("REDLEAF_SIGNUPS_PER_MINUTE", 240)
# How many proxies in front of us may say from where a request came.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("REDLEAF_PROXIES", 0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_TTL": timedelta(days=365)}
# Knox's own table stays unused: ours takes its place.
MIGRATION_MODULES = {"knox": None}
KNOX_TOKEN_MODEL = "accounts.Token"  # noqa: S105 - the name of a model

# Such as smtp+tls://user:password@host:587; without it mail is written to the log.
vars().update(env.email_url_config(env.str("EMAIL_URL", "") or "consolemail://"))
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Redleaf <hello@localhost>")

# --- sessions and headers -----------------------------------------------------
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not INSECURE_HTTP
SESSION_COOKIE_NAME = "sessionid" if INSECURE_HTTP else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if INSECURE_HTTP else "__Host-csrftoken"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_SSL_REDIRECT = not INSECURE_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_HTTP
SECURE_PROXY_SSL_HEADER = None if INSECURE_HTTP else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    # The desk's Alpine and the API's pages build functions and styles from strings.
    "EXCLUDE_URL_PREFIXES": ["/admin", "/api/v1/docs"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- languages ----------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("zh-hant", "繁體中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Who translates what people write: "libretranslate", on a server of one's own or a public one, or
# "deepl". Without an address, or without DeepL's key, nobody does, and the pages say so.
TRANSLATION_ENGINE = env.str("TRANSLATION_ENGINE", "libretranslate")
LIBRETRANSLATE_URL = env.str("LIBRETRANSLATE_URL", "")
LIBRETRANSLATE_KEY = env.str("LIBRETRANSLATE_API_KEY", "")
DEEPL_URL = env.str("DEEPL_URL", "https://api-free.deepl.com")
DEEPL_KEY = env.str("DEEPL_API_KEY", "")
# New translations a minute that one caller may ask for.
RATE_TRANSLATIONS = env.int("REDLEAF_RATE_TRANSLATIONS", 30)

# Addresses of classifiers that are asked about every text that everybody may read; none by default.
CLASSIFIERS = env.list("REDLEAF_CLASSIFIERS", default=[])

# --- files --------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "media/"
# With a bucket named, pictures are kept in it: on AWS, or on whatever speaks its protocol.
S3_BUCKET = env.str("S3_BUCKET", "")
S3_OPTIONS = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": env.str("S3_ENDPOINT", "") or None,
    "region_name": env.str("S3_REGION", "") or None,
    "access_key": env.str("S3_ACCESS_KEY", "") or None,
    "secret_key": env.str("S3_SECRET_KEY", "") or None,
    # Nobody fetches from the bucket itself: a view says first who may see a picture.
    "default_acl": "private",
    "file_overwrite": True,
    "object_parameters": {"CacheControl": "private"},
}
STORAGES = {
    "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": S3_OPTIONS}
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "accounts.bundles.BundledStorage"},
}
# A font file that posters of notes are lettered in, in place of the one that is installed with us.
POSTER_FONT = env.str("REDLEAF_POSTER_FONT", "")
# nginx sends the files itself once a view has said yes (X-Accel-Redirect).
MEDIA_ACCEL = env.bool("REDLEAF_ACCEL", False) and not S3_BUCKET
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # without files
DATA_UPLOAD_MAX_NUMBER_FILES = 20
IMAGE_MAX_BYTES = 20 * 1024 * 1024
IMAGE_MAX_PIXELS = 40_000_000
# What one person may keep here, counted by the files as they were uploaded.
IMAGE_QUOTA_BYTES = 2 * 1024**3
IMAGE_QUOTA_COUNT = 2_000

# --- the API ------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.authentication.ScopedOrReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["config.api.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.api.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "config.api.StableCursorPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_standardized_errors.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.problems.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
# Whoever brings this token reads /metrics; without it nobody does.
METRICS_TOKEN = env.str("REDLEAF_METRICS_TOKEN", "")
# Requests a minute for each caller; an address has five times as many.
RATE_READS = env.int("REDLEAF_RATE_READS", 1200)
RATE_WRITES = env.int("REDLEAF_RATE_WRITES", 300)
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_FORMATTER_CLASS": "config.problems.ProblemFormatter",
    "ALLOWED_ERROR_STATUS_CODES": ["400", "401", "403", "404", "409", "415", "429"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Redleaf 红叶",
    "DESCRIPTION": "Share notes in a calm place, in Chinese and in English.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.openapi.complete",
    ],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "LanguageEnum": "accounts.models.Language",
        "StateEnum": "moderation.models.State",
        "NoteStateEnum": "notes.models.NOTE_STATES",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# --- the desk -----------------------------------------------------------------
UNFOLD = {
    "SITE_TITLE": _("Redleaf desk"),
    "SITE_HEADER": _("Redleaf desk"),
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("img/leaf.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/leaf.svg")}
    ],
    "SCRIPTS": [lambda request: static("js/admin.js")],
    "STYLES": [lambda request: static("css/admin.css")],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "COLORS": {
        "primary": {
            "50": "oklch(97% .013 20)",
            "100": "oklch(93% .032 20)",
            "200": "oklch(88% .06 20)",
            "300": "oklch(80% .11 20)",
            "400": "oklch(70% .18 22)",
            "500": "oklch(60% .2 24)",
            "600": "oklch(53% .2 25)",
            "700": "oklch(46% .18 25)",
            "800": "oklch(40% .15 25)",
            "900": "oklch(35% .12 25)",
            "950": "oklch(24% .08 25)",
        }
    },
    "SIDEBAR": {"navigation": NAVIGATION},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # A refusal is an answer, not an incident.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


if TRANSLATION_ENGINE not in {"libretranslate", "deepl"}:
    raise ImproperlyConfigured("TRANSLATION_ENGINE must be libretranslate or deepl")
if LIBRETRANSLATE_URL and not _is_address(LIBRETRANSLATE_URL):
    raise ImproperlyConfigured("LIBRETRANSLATE_URL must be an address such as http://…")
if not all(map(_is_address, CLASSIFIERS)):
    raise ImproperlyConfigured("REDLEAF_CLASSIFIERS must be addresses such as http://…")
if not _is_address(ORIGIN):
    raise ImproperlyConfigured("REDLEAF_ORIGIN must be an address such as https://…")
