"""Every setting: its default, and what it means in one line. Read from the environment and from `.env`."""

from ipaddress import ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from handlers.office.profile import SHIPPED


class WrongSetting(Exception):
    """A setting that cannot work, in one sentence that names it."""


class Settings(BaseSettings):
    """The settings of one installation. What describes a field stands in `.env.example` and administration.md too."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = Field("sqlite:///data/rumah-kedua.db", description="sqlite:///path or postgresql://…")
    files_dir: Path = Field(Path("data/files"), description="where files people sent are kept")
    key_file: Path = Field(Path("data/codes.key"), description="key of the codes; made at the first start, 0600")
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8080, ge=0, le=65535, description="port to listen on")
    public_url: str = Field("", description="https address under which providers and browsers reach us")
    trusted_proxies: str = Field("", description="addresses or networks of your own reverse proxies, with commas")
    timezone: str = Field("Asia/Jakarta", description="zone of the office")
    office_file: Path = Field(SHIPPED, description="office profile: hours, hosts, holidays, names")
    telegram_token: SecretStr = Field(SecretStr(""), description="token from @BotFather; empty: Telegram is off")
    telegram_api_url: str = Field("https://api.telegram.org", description="Bot API server")
    telegram_mode: Literal["polling", "webhook"] = Field("polling", description="polling or webhook")
    telegram_webhook_secret: SecretStr = Field(SecretStr(""), description="secret of the webhook, 1-256 of A-Za-z0-9_-")
    telegram_per_second: int = Field(30, ge=5, le=1000, description="messages a second Telegram takes from your bot")
    whatsapp_token: SecretStr = Field(SecretStr(""), description="access token of a system user; empty: off")
    whatsapp_phone_number_id: str = Field("", description="id of the office's number (not the number itself)")
    whatsapp_app_secret: SecretStr = Field(SecretStr(""), description="secret of the Meta app, signs what comes in")
    whatsapp_verify_token: SecretStr = Field(SecretStr(""), description="word of your own for the webhook's first call")
    whatsapp_api_url: str = Field("https://graph.facebook.com", description="Graph API server")
    whatsapp_api_version: str = Field("v25.0", pattern=r"^v\d{2,3}\.\d$", description="Graph API version")
    whatsapp_daily_reach: int = Field(250, ge=1, description="people you may write to first in 24 hours (your tier)")
    webchat: Literal["on", "off", ""] = Field("", description="web chat; default: on while no messenger is set")
    raw_days: int = Field(7, ge=1, le=90, description="days until raw messages are emptied")
    log_format: Literal["text", "json"] = Field("text", description="text or json")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="DEBUG to ERROR")

    @property
    def practice(self) -> bool:
        """No messenger is set: everybody is invented, and a database of its own is used."""
        return not (self.serves_telegram or self.serves_whatsapp)

    @property
    def serves_telegram(self) -> bool:
        return bool(self.telegram_token.get_secret_value())

    @property
    def serves_whatsapp(self) -> bool:
        return bool(self.whatsapp_token.get_secret_value())

    @property
    def serves_webchat(self) -> bool:
        return self.webchat == "on" or (self.webchat == "" and self.practice)

    @property
    def proxies(self) -> list[str]:
        """Whose word about a caller's address is believed."""
        return [one.strip() for one in self.trusted_proxies.split(",") if one.strip()]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        """The database to use; practice never touches the real one."""
        if self.practice and self.database_url.startswith("sqlite"):
            return self.database_url.removesuffix(".db") + "-latihan.db"
        return self.database_url

    @property
    def files(self) -> Path:
        """Where files are kept; those of practice in a folder of their own."""
        return self.files_dir / "latihan" if self.practice else self.files_dir

    @field_validator("timezone")
    @classmethod
    def known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise ValueError("is not a time zone, for example Asia/Jakarta") from unknown
        return value

    @field_validator("database_url")
    @classmethod
    def known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        if value.endswith("/"):
            raise ValueError("must name a file or a database, for example sqlite:///data/rumah-kedua.db")
        return value

    @field_validator("public_url", "telegram_api_url", "whatsapp_api_url")
    @classmethod
    def web_address(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).netloc):
            raise ValueError("must be an address like https://example.org")
        return value.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def known_networks(cls, value: str) -> str:
        try:
            for one in filter(None, map(str.strip, value.split(","))):
                ip_network(one)
        except ValueError as wrong:
            raise ValueError("must be addresses or networks with commas, for example 127.0.0.1, 10.0.0.0/8") from wrong
        return value

    @field_validator("telegram_token")
    @classmethod
    def token_shape(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        number, _, secret = token.partition(":")
        if token and (not number.isdecimal() or not secret or not token.isascii() or " " in token):
            raise ValueError("does not look like a token of @BotFather (123456:ABC…)")
        return value

    @model_validator(mode="after")
    def there_is_something_to_serve(self) -> "Settings":
        if self.practice and self.webchat == "off":
            raise ValueError("WEBCHAT is off, TELEGRAM_TOKEN and WHATSAPP_TOKEN are empty: there is nothing to serve")
        if self.practice and not self.database_url.startswith("sqlite"):
            raise ValueError("no messenger is set, and practice with invented people needs a sqlite DATABASE_URL")
        return self

    @model_validator(mode="after")
    def webhook_is_complete(self) -> "Settings":
        if self.telegram_mode == "webhook" and self.serves_telegram:
            if not self.public_url:
                raise ValueError("PUBLIC_URL is needed when TELEGRAM_MODE is webhook")
            secret = self.telegram_webhook_secret.get_secret_value()
            allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
            if not 1 <= len(secret) <= 256 or not set(secret) <= allowed:
                raise ValueError("TELEGRAM_WEBHOOK_SECRET must be 1-256 of A-Za-z0-9_- when TELEGRAM_MODE is webhook")
        return self

    @model_validator(mode="after")
    def whatsapp_is_complete(self) -> "Settings":
        if not self.serves_whatsapp:
            return self
        if not self.whatsapp_phone_number_id.isdecimal():
            raise ValueError("WHATSAPP_PHONE_NUMBER_ID must be the number's id (digits) when WHATSAPP_TOKEN is set")
        if not self.whatsapp_app_secret.get_secret_value():
            raise ValueError("WHATSAPP_APP_SECRET is needed when WHATSAPP_TOKEN is set: it proves who calls us")
        if not self.whatsapp_verify_token.get_secret_value():
            raise ValueError("WHATSAPP_VERIFY_TOKEN is needed when WHATSAPP_TOKEN is set: choose any word")
        return self


def read_settings() -> Settings:
    """Raises WrongSetting with one sentence; a secret is never part of it."""
    try:
        return Settings()
    except ValidationError as wrong:
        raise WrongSetting(sentence(wrong)) from None


def sentence(wrong: ValidationError) -> str:
    first = wrong.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0]).upper() if first["loc"] else ""
    return f"{name} {first['msg'].removeprefix('Value error, ')}.".strip()
