"""Every setting, typed, read once from the environment; the defaults run the demonstration on one machine."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from tinhso.host.home import home_folder, read_or_make_secret
from tinhso.host.postgres import database_settings

PROJECT_ROOT = Path(__file__).resolve().parents[3]
HOME = home_folder()
PACKS_ROOT = Path(os.environ.get("TINHSO_PACKS", PROJECT_ROOT / "packs"))
PACKS = os.environ.get("TINHSO_PACK", "lang-son").split(",")
DEMO = os.environ.get("TINHSO_DEMO", "") == "1"
DEBUG = os.environ.get("TINHSO_DEBUG", "") == "1"
PORT = int(os.environ.get("PORT", "8000"))
PUBLIC_ADDRESS = os.environ.get("TINHSO_ADDRESS", f"http://127.0.0.1:{PORT}").rstrip("/")

SECRET_KEY = os.environ.get("TINHSO_SECRET_KEY") or read_or_make_secret(HOME / "secret_key", secrets.token_urlsafe(48))
ALLOWED_HOSTS = os.environ.get("TINHSO_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "tinhso.platform.units",
    "tinhso.platform.ledger",
    "tinhso.platform.people",  # before allauth, whose texts it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "tinhso.host",
    "tinhso.platform.files",
    "tinhso.platform.forms",
    "tinhso.platform.registers",
    "tinhso.platform.signing",
    "tinhso.platform.notices",
    "tinhso.platform.cases",
    "tinhso.platform.payments",
    "tinhso.platform.catalogue",
    "tinhso.modules.government.onestop",
    "tinhso.modules.government.portal_link",
    "tinhso.modules.government.queue",
    "tinhso.modules.government.reporting",
    "tinhso.modules.insight.boards",
    "tinhso.modules.insight.indicators",
    "tinhso.modules.insight.plans",
    "tinhso.modules.insight.dti",
    "tinhso.modules.insight.telemetry",
    "tinhso.modules.insight.alerts",
    "tinhso.platform.watch",  # the last: it looks at what all others brought
]
AUTH_USER_MODEL = "people.Account"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tinhso.host.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tinhso.host.middleware.CurrentActor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ROOT_URLCONF = "tinhso.host.urls"
WSGI_APPLICATION = "tinhso.host.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_ROOT / "src/tinhso/host/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tinhso.host.context.face",
            ],
        },
    },
]

DATABASES = {"default": database_settings(HOME)}
DATABASE_ROUTERS: list[str] = []
CACHES = {"default": {"BACKEND": "tinhso.platform.people.adapters.memory.Memory"}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PROJECT_ROOT / "src/tinhso/host/locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PROJECT_ROOT / "src/tinhso/host/static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MEDIA_ROOT = HOME / "files"
CATALOGUE_FILE = Path(
    os.environ.get("TINHSO_CATALOGUE", PROJECT_ROOT.parent / "shared/data/tthc_catalogue.jsonl.gz")
)  # the national portal's records; the demonstration takes them up where the file is there
WAREHOUSE_ROOT = HOME / "warehouse"
TELEMETRY_ROOT = HOME / "telemetry"
KEYS_ROOT = HOME / "keys"
# Where seals are written down besides; a second place on another machine's disk is out of reach of who holds this one.
LEDGER_ANCHORS = [HOME / "anchors", *(Path(place) for place in [os.environ.get("TINHSO_LEDGER_ANCHOR", "")] if place)]
SIGNATURE_PROVIDER = os.environ.get("TINHSO_SIGNATURES") or (
    "tinhso.platform.signing.adapters.pades.LocalProvider"  # keys the machine makes for itself: in earnest only by name
    if DEMO
    else "tinhso.platform.signing.adapters.unset.NoProvider"
)

SESSION_ENGINE = "tinhso.platform.people.adapters.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PUBLIC_ADDRESS.startswith("https://")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SESSION_COOKIE_SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

# Officers: password and second factor. Citizens: VNeID, in demo the simulator where no issuer is named.
VNEID_ISSUER = os.environ.get("TINHSO_VNEID_ISSUER", "").rstrip("/")
VNEID_CLIENT_ID = os.environ.get("TINHSO_VNEID_CLIENT", "tinhso")
VNEID_SECRET = os.environ.get("TINHSO_VNEID_SECRET") or read_or_make_secret(
    HOME / "vneid_secret", secrets.token_urlsafe(32)
)
# The national public service portal: without an address messages wait; in demo the simulator answers.
PORTAL_SECRET = read_or_make_secret(HOME / "portal_secret", secrets.token_urlsafe(32))
NATIONAL_PORTAL = {
    "address": os.environ.get("TINHSO_PORTAL_ADDRESS", "").rstrip("/"),
    "username": os.environ.get("TINHSO_PORTAL_USER", "tinhso"),
    "password": os.environ.get("TINHSO_PORTAL_PASSWORD") or PORTAL_SECRET,
    "agency": os.environ.get("TINHSO_PORTAL_AGENCY", ""),
    "dstcode": os.environ.get("TINHSO_PORTAL_DSTCODE", ""),
    "seconds": os.environ.get("TINHSO_PORTAL_SECONDS", "10"),
    "authority": os.environ.get("TINHSO_PORTAL_AUTHORITY", ""),  # file of the certificates to trust
    "paper_hosts": os.environ.get("TINHSO_PORTAL_PAPER_HOSTS", ""),  # further hosts that papers are fetched from
    "incoming_secret": os.environ.get("TINHSO_PORTAL_INCOMING_SECRET") or PORTAL_SECRET,
    "alert_minutes": os.environ.get("TINHSO_PORTAL_ALERT_MINUTES", "15"),
}
# The reporting system of the level above (Decree 09/2019): without an address reports wait; in demo the simulator answers.
REPORT_RECEIVER = {
    "address": os.environ.get("TINHSO_REPORTS_ADDRESS", "").rstrip("/"),
    "token": os.environ.get("TINHSO_REPORTS_TOKEN", ""),
}
# Registers that hold what forms need: without an address nothing is asked; in demo the simulator answers.
REGISTERS: dict[str, Any] = {
    "address": os.environ.get("TINHSO_REGISTERS_ADDRESS", "").rstrip("/"),
    "client": os.environ.get("TINHSO_REGISTERS_CLIENT", "VN/GOV/demo/tinhso"),
    "seconds": float(os.environ.get("TINHSO_REGISTERS_SECONDS", "2")),
    "services": {
        code: os.environ.get(f"TINHSO_REGISTER_{code.upper()}", f"VN/GOV/demo/{code}/ask")
        for code in ("population", "residence", "poverty")
    },
}
# The broker that devices speak to; without an address none is listened to, but in demo one of its own where mosquitto is there.
TELEMETRY_BROKER: dict[str, str] = {
    "address": os.environ.get("TINHSO_MQTT_ADDRESS", ""),  # mqtt://host:1883 or mqtts://host:8883
    "user": os.environ.get("TINHSO_MQTT_USER", "tinhso"),
    "password": os.environ.get("TINHSO_MQTT_PASSWORD", ""),
    "authority": os.environ.get("TINHSO_MQTT_AUTHORITY", ""),  # file of the certificates to trust; empty: the system's
}
TELEMETRY_SIMULATOR = (
    DEMO and os.environ.get("TINHSO_TELEMETRY_SIMULATOR", "1") == "1"
)  # invented devices report as time goes on
ACCOUNT_ADAPTER = "tinhso.platform.people.pages.officers.AccountDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "tinhso.platform.people.pages.forms.SignIn",
    "change_password": "tinhso.platform.people.pages.forms.ChangePassword",
    "reauthenticate": "tinhso.platform.people.pages.forms.ConfirmPassword",
}
SOCIALACCOUNT_ADAPTER = "tinhso.platform.people.pages.citizens.CitizenDoor"
MFA_ADAPTER = "tinhso.platform.people.pages.officers.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_ISSUER = "tinhso"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "tinhso.platform.people.pages.forms.SecondStep",
    "reauthenticate": "tinhso.platform.people.pages.forms.ConfirmCode",
    "activate_totp": "tinhso.platform.people.pages.forms.ActivateApp",
    "add_webauthn": "tinhso.platform.people.pages.forms.AddPasskey",
}

EMAIL_HOST = os.environ.get("TINHSO_SMTP_HOST", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.locmem.EmailBackend"
)
EMAIL_PORT = int(os.environ.get("TINHSO_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("TINHSO_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TINHSO_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("TINHSO_SMTP_TLS", "1") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("TINHSO_EMAIL_FROM", "khong-tra-loi@localhost")
EMAIL_TIMEOUT = 10
SMS_GATEWAY = {
    "address": os.environ.get("TINHSO_SMS_ADDRESS", ""),
    "token": os.environ.get("TINHSO_SMS_TOKEN", ""),
    "sender": os.environ.get("TINHSO_SMS_SENDER", ""),
}
ZALO_GATEWAY = {
    "address": os.environ.get("TINHSO_ZALO_ADDRESS", ""),
    "token": os.environ.get("TINHSO_ZALO_TOKEN", ""),
    "templates": json.loads(
        os.environ.get("TINHSO_ZALO_TEMPLATES", "{}")
    ),  # id of the registered template by kind of fact
}
PAYMENT_GATEWAY = {
    "address": os.environ.get("TINHSO_PAYMENT_ADDRESS", ""),
    "secret": os.environ.get("TINHSO_PAYMENT_SECRET")
    or read_or_make_secret(HOME / "payment_secret", secrets.token_urlsafe(32)),
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_line": {"()": "tinhso.host.trouble.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["one_line"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("TINHSO_LOG", "WARNING")},
}
