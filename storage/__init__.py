"""What remembers: tables, sessions and one module an aggregate."""

from storage.lean_sqlalchemy import leave_sessions_out

leave_sessions_out()  # before any module here asks for the engine
