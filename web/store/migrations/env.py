"""Runs the migrations over the connection that the store hands in."""

from alembic import context
from sqlmodel import SQLModel

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,  # the store's own transaction holds all of it
)
context.run_migrations()
