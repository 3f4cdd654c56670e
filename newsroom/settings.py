"""Every setting of the project, read from the environment.

Development needs none. With NEWSROOM_PRODUCTION on, a required variable that is missing is named.
README lists every variable, which a test checks.
"""

import os
import re
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=""):
    return os.environ.get(name, default).strip()


def env_flag(name):
    """True for 1, true, yes and on."""
    return env(name).lower() in {"1", "true", "yes", "on"}


def env_list(name):
    return [part.strip() for part in env(name).split(",") if part.strip()]


def env_hours(name, default):
    try:
        hours = float(env(name) or default)
    except ValueError:
        hours = 0
    if not 0 < hours <= 24 * 365:
        raise ImproperlyConfigured(f"{name} must be a number of hours, such as {name}={default}")
    return hours


def env_web_address(name):
    value = env(name)
    if value and not value.startswith(("http://", "https://")):
        raise ImproperlyConfigured(
            f"{name} must be a web address, such as {name}=https://example.org"
        )
    return value


def env_mail_server(name):
    """The parts of a URL such as smtp://name:password@mail.example.org:587; none without one."""
    server = urlsplit(env(name))
    try:
        is_server = not env(name) or (server.scheme in {"smtp", "smtps"} and server.hostname)
        server.port  # noqa: B018 (raises ValueError when it is no number)
    except ValueError:
        is_server = False
    if not is_server:
        raise ImproperlyConfigured(
            f"{name} must be a mail server, such as {name}=smtp://name:password@mail.example.org:587"
        )
    return server


def env_file(name):
    value = env(name)
    if value and not Path(value).is_file():
        raise ImproperlyConfigured(f"{name} must be the path of an existing file; {value} is not")
    return Path(value).resolve() if value else None


def redis_cache(address):
    # A reader never waits for it longer than it takes to make a page.
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        "OPTIONS": {"socket_connect_timeout": 0.1, "socket_timeout": 0.1},
    }


def env_required(name, example):
    value = env(name)
    if not value:
        raise ImproperlyConfigured(
            f"NEWSROOM_PRODUCTION is on, so {name} must be set, for example {name}={example}"
        )
    return value


def env_networks(name):
    """Networks in CIDR notation, such as 203.0.113.0/24."""
    networks = env_list(name)
    for network in networks:
        try:
            ip_network(network)
        except ValueError:
            raise ImproperlyConfigured(
                f"{name} names networks, for example {name}=203.0.113.0/24,2001:db8::/32"
            ) from None
    return networks


def env_hosts(name):
    """Names of hosts alone, such as social.example.org."""
    hosts = [host.lower() for host in env_list(name)]
    for host in hosts:
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host):
            raise ImproperlyConfigured(
                f"{name} names hosts, for example {name}=social.example.org,mastodon.social"
            )
    return hosts


def env_caches(name):
    """Caches in front of the site, as varnish://host:port, fastly://service, cloudflare://zone."""
    caches = env_list(name)
    for cache in caches:
        if not re.fullmatch(r"(varnish|fastly|cloudflare)://[\w.:\[\]-]+", cache):
            raise ImproperlyConfigured(
                f"{name} names caches, for example {name}=varnish://127.0.0.1:6081,fastly://SERVICE"
            )
    return caches


PRODUCTION = env_flag("NEWSROOM_PRODUCTION")
DEBUG = not PRODUCTION and not env_flag("NEWSROOM_NO_DEBUG")

if PRODUCTION:
    SECRET_KEY = env_required("NEWSROOM_SECRET_KEY", "fifty-or-more-random-characters")
    env_required("NEWSROOM_HOSTS", "news.example.org,www.news.example.org")
    ALLOWED_HOSTS = env_list("NEWSROOM_HOSTS")
else:
    SECRET_KEY = env("NEWSROOM_SECRET_KEY", "for-development-only-and-never-for-production")
    ALLOWED_HOSTS = env_list("NEWSROOM_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]

# What was made with an earlier key, such as the keys of second factors, can still be read.
SECRET_KEY_FALLBACKS = env_list("NEWSROOM_OLD_SECRET_KEYS")

CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []

INSTALLED_APPS = [
    "articles",
    "articles.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "taggit",
    "django_filters",
    "django_prose_editor",
    "js_asset",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "newsroom.operations.request_log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.static_files.StaticFiles",
    "newsroom.content_security_policy.ContentSecurityPolicy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "newsroom.desk_middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "newsroom.desk_middleware.SignIns",
    "newsroom.desk_middleware.Messages",
    "newsroom.desk_middleware.SeeAs",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

# Metrics for Prometheus, for those who send the token.
METRICS_TOKEN = env("NEWSROOM_METRICS_TOKEN")
if METRICS_TOKEN:
    MIDDLEWARE.insert(0, "newsroom.operations.metrics.Metrics")

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

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
                "csp.context_processors.nonce",
            ],
        },
    },
]

# Our templates may override those of widgets.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": dj_database_url.parse(
        env("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Two editors saving together must wait for each other, not fail with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

# Readers' pages may be made from a replica; the desk never reads it.
if REPLICA_URL := env("NEWSROOM_REPLICA_URL"):
    DATABASES["replica"] = dj_database_url.parse(
        REPLICA_URL, conn_max_age=60, conn_health_checks=True
    )
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
for name, database in DATABASES.items():
    if database["ENGINE"] == "django.db.backends.postgresql":
        # A machine that is down is given up soon, sooner where another can answer.
        database["OPTIONS"] = {
            "connect_timeout": 2 if REPLICA_URL else 5,
            "tcp_user_timeout": 3_000 if name == "replica" else 10_000,
            # Readers' queries are planned once in a connection. PgBouncer before 1.21 hands
            # connections on without what was prepared in them.
            "prepare_threshold": None if env_flag("NEWSROOM_NO_PREPARED_STATEMENTS") else 1,
        } | database.get("OPTIONS", {})
        if name == "replica":
            database["OPTIONS"]["options"] = (
                "-c default_transaction_read_only=on -c statement_timeout=30s"
            )
DATABASE_ROUTERS = ["articles.publishing.database_routing.Router"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "articles.desk.rights.backend.DeskBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Sign-in is throttled per name and address together, so that nobody locks a colleague out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1  # hours
AXES_RESET_ON_SUCCESS = True
# Beside passwords, what axes keeps of an attempt leaves these out.
AXES_SENSITIVE_PARAMETERS = ["code"]
# Attempts during a lockout do not prolong it for the account's owner.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
LOGIN_REDIRECT_URL = "admin:index"
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
# In production every connection comes from the proxy, so throttling by connection address would
# let one attacker lock everybody out.
AXES_CLIENT_IP_CALLABLE = (
    f"newsroom.operations.client_address.{'client_address' if PRODUCTION else 'direct_address'}"
)
# A name that is tried from many addresses is slowed down, by the log of failures.
AXES_HANDLER = "articles.desk.sign_in_throttle.Throttle"
AXES_USERNAME_CALLABLE = "articles.desk.sign_in_throttle.username_of"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
# Beyond this axes drops the newest. The minute command deletes old ones.
AXES_ACCESS_FAILURE_LOG_PER_USER_LIMIT = 1_000_000
# A session of the desk ends after this many hours without a request.
SESSION_COOKIE_AGE = round(env_hours("NEWSROOM_DESK_IDLE_HOURS", "12") * 3600)

SITE_NAME = env("NEWSROOM_SITE_NAME", "Newsroom")
# Mail to colleagues: smtp://name:password@host:587, or smtps:// for TLS from the first byte.
MAIL_SERVER = env_mail_server("NEWSROOM_MAIL_SERVER")
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.hostname or "", MAIL_SERVER.port or 587
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
    unquote(part or "") for part in (MAIL_SERVER.username, MAIL_SERVER.password)
)
EMAIL_USE_SSL = MAIL_SERVER.scheme == "smtps"
EMAIL_USE_TLS = not EMAIL_USE_SSL and MAIL_SERVER.hostname not in {"localhost", "127.0.0.1", None}
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("NEWSROOM_MAIL_FROM", "newsroom@localhost")
# Follows the site's name where a page has no description of its own.
STRAPLINE = env("NEWSROOM_STRAPLINE")
# The site's canonical origin, for feeds, sitemaps and canonical URLs; by default the request's.
SITE_URL = env_web_address("NEWSROOM_SITE_URL").rstrip("/")
FEEDS_IN_FULL = not env_flag("NEWSROOM_FEED_SUMMARIES")
WEBSUB_HUB = env_web_address("NEWSROOM_WEBSUB_HUB")
LANGUAGE_CODE = env("NEWSROOM_LANGUAGE", "en-gb")
TIME_ZONE = env("NEWSROOM_TIME_ZONE", "Europe/London")
USE_I18N = True
# One catalogue for each language, for code and templates.
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]
FORMAT_MODULE_PATH = ["articles.formats"]
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
# The theme: a style sheet after ours, and a logo in place of the name.
THEME_CSS = env_file("NEWSROOM_THEME_CSS")
LOGO = env_file("NEWSROOM_LOGO")
THEME_FILES = [file for file in (THEME_CSS, LOGO) if file]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "newsroom.theme.ThemeFinder",
]
# Where readers fetch pictures: here, or from a bucket or a CDN.
MEDIA_URL = env_web_address("NEWSROOM_MEDIA_URL").rstrip("/") + "/"
MEDIA_ELSEWHERE = MEDIA_URL != "/"
if not MEDIA_ELSEWHERE:
    MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("NEWSROOM_MEDIA_ROOT") or BASE_DIR / "media")
# Originals, whose metadata tells place and camera: nothing serves these.
ORIGINALS_ROOT = Path(env("NEWSROOM_ORIGINALS_ROOT") or BASE_DIR / "originals")
# With less disk space than this, /readyz says that the storage is not ready.
LEAST_FREE_BYTES = int(env("NEWSROOM_LEAST_FREE_MB", "200")) * 1024**2
# A film or sound that is larger is refused.
MEDIA_MAX_BYTES = int(env("NEWSROOM_MEDIA_MAX_MB", "500")) * 1024**2
# In production the web server serves /media/, unless Django is to.
SERVE_MEDIA = not PRODUCTION or env_flag("NEWSROOM_SERVE_MEDIA")
STORAGES = {
    "default": {"BACKEND": "articles.library.pictures.storages.RenditionsStorage"},
    "originals": {"BACKEND": "articles.library.pictures.storages.OriginalsStorage"},
    "staticfiles": {
        "BACKEND": "newsroom.static_storage.StaticFiles"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Several machines share pictures in two buckets: a public one, and a private one for originals.
if MEDIA_BUCKET := env("NEWSROOM_MEDIA_BUCKET"):
    ORIGINALS_BUCKET = env("NEWSROOM_ORIGINALS_BUCKET")
    if ORIGINALS_BUCKET in {"", MEDIA_BUCKET}:
        raise ImproperlyConfigured(
            "NEWSROOM_MEDIA_BUCKET is set, so NEWSROOM_ORIGINALS_BUCKET must name another bucket"
            " that nobody else can read"
        )
    for name, backend, bucket in (
        ("default", "RenditionsBucket", MEDIA_BUCKET),
        ("originals", "OriginalsBucket", ORIGINALS_BUCKET),
    ):
        STORAGES[name] = {
            "BACKEND": f"articles.library.pictures.buckets.{backend}",
            "OPTIONS": {
                "bucket_name": bucket,
                "endpoint_url": env_web_address("NEWSROOM_BUCKET_ENDPOINT"),
            },
        }
# The page cache: in this process ("memory"), in a Redis, or "off".
PAGE_CACHE = env("NEWSROOM_PAGE_CACHE", "memory" if PRODUCTION else "off")
KEEP_PAGES = PAGE_CACHE != "off"
MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {
    "default": MEMORY,
    "pages": MEMORY | {"LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 2_000}},
}
if "://" in PAGE_CACHE:
    CACHES["pages"] = redis_cache(PAGE_CACHE)
# How long a shared cache may keep a page, unless something scheduled changes it before.
SHARED_CACHE_SECONDS = int(env("NEWSROOM_SHARED_CACHE_SECONDS", "0"))
# The CDNs to purge, and their API tokens.
PURGE = env_caches("NEWSROOM_PURGE")
FASTLY_TOKEN = env("NEWSROOM_FASTLY_TOKEN")
CLOUDFLARE_TOKEN = env("NEWSROOM_CLOUDFLARE_TOKEN")

# What is fetched from other servers: hosts of the newsroom's own network that are allowed, networks
# that are refused beside those that are not public, and the proxy.
FETCH_HOSTS = [host.lower() for host in env_list("NEWSROOM_FETCH_HOSTS")]
FETCH_REFUSED_NETWORKS = env_networks("NEWSROOM_FETCH_REFUSED_NETWORKS")
FETCH_PROXY = env_web_address("NEWSROOM_FETCH_PROXY")

# Mastodon is on many hosts: posts on these can be shown in stories.
MASTODON_HOSTS = env_hosts("NEWSROOM_MASTODON_HOSTS")

# In development nothing is collected.
WHITENOISE_USE_FINDERS = not PRODUCTION

FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SERIALIZATION_MODULES = {
    "json": "articles.management.fixtures.exact_json",
    "jsonl": "articles.management.fixtures.exact_jsonl",
}

TAGGIT_CASE_INSENSITIVE = True

# Whether a second reader has to approve what is published.
SECOND_READER = env_flag("NEWSROOM_SECOND_READER")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([MEDIA_URL] if MEDIA_ELSEWHERE else [])],
        "media-src": [SELF, *([MEDIA_URL] if MEDIA_ELSEWHERE else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Django's admin and its editors set styles from script; only their pages allow it.
ADMIN_STYLE_SRC = [SELF, UNSAFE_INLINE]

# Pages use none of these features of browsers.
PERMISSIONS_POLICY = {
    power: []
    for power in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
        *("magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking"),
    )
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = not env_flag("NEWSROOM_NO_SSL_REDIRECT")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    # At example.org itself this covers all subdomains, which may not be the newsroom's. The preload
    # list of browsers requires it.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = not env_flag("NEWSROOM_HSTS_THIS_HOST_ONLY")
    SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "bare": {"format": "%(message)s"},
        "json": {"()": "newsroom.operations.request_log.JsonFormatter"},
    },
    "handlers": {
        "requests": {"class": "logging.StreamHandler", "formatter": "bare"},
        "json": {"class": "logging.StreamHandler", "formatter": "json"},
        # With debug on, Django's own handler writes to the console.
        "console": {"class": "logging.StreamHandler", "filters": ["debug_off"]},
    },
    "filters": {"debug_off": {"()": "django.utils.log.RequireDebugFalse"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "newsroom.requests": {
            "handlers": ["requests"] if PRODUCTION else [],
            "level": "INFO" if PRODUCTION else "WARNING",
            "propagate": not PRODUCTION,
        },
    },
}
if not DEBUG:
    # A 404 is no failure, and in production the request log has it.
    LOGGING["loggers"]["django.request"] = {"level": "ERROR"}
if PRODUCTION:
    # By default Django mails failures to ADMINS, of whom there are none.
    LOGGING["root"] = {"handlers": ["json"], "level": "WARNING"}
    LOGGING["loggers"]["django.security.DisallowedHost"] = {"level": "CRITICAL"}

FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "articles.admin.photos.uploads.TemporaryFiles",
]
# A long story has many form fields. Pictures are limited by their own checks.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
