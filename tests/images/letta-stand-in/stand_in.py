"""A stand-in for the Letta server, as far as recovery can see it from outside.

It checks the schema revision when it starts, holds sessions on the database, answers its health page without asking the
database, and lists agents by a query that is not qualified by a schema, so that the database's search_path matters.
"""

import contextlib
import http.server
import json
import os
import queue
import signal
import sys
import threading
import urllib.parse

import psycopg2

VERSION = "0.16.6"
REVISION = "1c28e167b74f"
PORT = int(os.environ.get("LETTA_SERVER_PORT") or "8283")
POOL_SIZE = int(os.environ.get("STAND_IN_POOL_SIZE") or "3")
TRUE = {"1", "true", "yes", "on", "y", "t"}
SSL_MODES = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}


def connection_settings(environment):
    """The connection as libpq wants it, from LETTA_PG_URI in any form that Letta takes, or from LETTA_PG_*."""
    uri = environment.get("LETTA_PG_URI")
    if not uri:
        host = environment.get("LETTA_PG_HOST")
        if not host:
            raise SystemExit("Set LETTA_PG_URI or LETTA_PG_HOST: this stand-in has no database of its own.")
        return {
            "host": host,
            "port": int(environment.get("LETTA_PG_PORT") or "5432"),
            "user": environment.get("LETTA_PG_USER") or "letta",
            "password": environment.get("LETTA_PG_PASSWORD") or "letta",
            "dbname": environment.get("LETTA_PG_DB") or "letta",
        }
    parts = urllib.parse.urlsplit(uri)
    scheme = parts.scheme.split("+", 1)[0]
    if scheme not in ("postgresql", "postgres"):
        raise SystemExit("LETTA_PG_URI must begin with postgresql:// (a driver such as +asyncpg may follow the name).")
    query = dict(urllib.parse.parse_qsl(parts.query))
    settings = {
        "host": parts.hostname or query.get("host") or "localhost",
        "port": parts.port or int(query.get("port") or "5432"),
        "user": urllib.parse.unquote(parts.username or "letta"),
        "password": urllib.parse.unquote(parts.password or ""),
        "dbname": urllib.parse.unquote(parts.path.lstrip("/")) or "letta",
    }
    ssl = (query.get("sslmode") or query.get("ssl") or "").lower()
    if ssl:
        settings["sslmode"] = ssl if ssl in SSL_MODES else "require" if ssl in TRUE else "disable"
    return settings


class Pool:
    """A few connections that stay open, each tried before use, as SQLAlchemy's pool with pre-ping."""

    def __init__(self, settings, size):
        self._settings = settings
        self._free = queue.Queue()
        opened = [self._open() for _ in range(size)]
        for connection in opened:
            self._free.put(connection)

    def _open(self):
        return psycopg2.connect(connect_timeout=5, application_name="letta-stand-in", **self._settings)

    @contextlib.contextmanager
    def connection(self):
        held = self._free.get(timeout=30)
        try:
            if held is not None:
                try:
                    held.cursor().execute("SELECT 1")
                    held.rollback()
                except psycopg2.Error:
                    held.close()
                    held = None
            if held is None:
                held = self._open()
            yield held
        finally:
            if held is not None:
                try:
                    held.rollback()
                except psycopg2.Error:
                    held.close()
                    held = None
            self._free.put(held)


def check_revision(pool):
    with pool.connection() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT version_num FROM alembic_version")
        revisions = [row[0] for row in cursor.fetchall()]
    if revisions != [REVISION]:
        found = ", ".join(revisions) or "none"
        raise SystemExit(f"alembic.util.exc.CommandError: Can't locate revision identified by '{found}'")


class Handler(http.server.BaseHTTPRequestHandler):
    server_version = "letta-stand-in"
    protocol_version = "HTTP/1.1"
    pool = None
    token = None

    def do_GET(self):
        target = urllib.parse.urlsplit(self.path)
        path = target.path.rstrip("/")
        if path == "/v1/health":
            self.answer(200, {"version": VERSION, "status": "ok"})
        elif self.token and self.headers.get("Authorization") != f"Bearer {self.token}":
            self.answer(401, {"detail": "Unauthorized"})
        elif path == "/v1/agents/count":
            self.from_database("SELECT count(*) FROM agents WHERE NOT is_deleted", (), lambda rows: rows[0][0])
        elif path == "/v1/agents":
            self.list_agents(dict(urllib.parse.parse_qsl(target.query)))
        else:
            self.answer(404, {"detail": "Not Found"})

    def list_agents(self, query):
        """Pages as Letta does: by time and id, from a cursor on, newest first unless told; a cursor it does not know is ignored."""
        try:
            limit = int(query.get("limit") or "50")
        except ValueError:
            self.answer(422, {"detail": "limit must be a whole number"})
            return
        order = query.get("order") or "desc"
        if order not in ("asc", "desc"):
            self.answer(422, {"detail": "order must be asc or desc"})
            return
        conditions, arguments = ["NOT is_deleted"], []
        if (query.get("show_hidden_agents") or "").lower() not in TRUE:
            conditions.append("to_jsonb(agents) ->> 'hidden' IS DISTINCT FROM 'true'")
        for name, forward in (("after", order == "asc"), ("before", order == "desc")):
            if query.get(name):
                conditions.append(
                    "(NOT EXISTS (SELECT FROM agents AS cursor WHERE cursor.id = %s)"
                    f" OR (created_at, id) {'>' if forward else '<'} (SELECT created_at, id FROM agents AS cursor WHERE cursor.id = %s))"
                )
                arguments += [query[name], query[name]]
        self.from_database(
            "SELECT id, name, agent_type, description, created_at FROM agents"
            f" WHERE {' AND '.join(conditions)} ORDER BY created_at {order}, id {order} LIMIT %s",
            (*arguments, limit),
            lambda rows: [
                {
                    "id": row[0],
                    "name": row[1],
                    "agent_type": row[2],
                    "description": row[3],
                    "created_at": row[4].isoformat() if row[4] else None,
                }
                for row in rows
            ],
        )

    def from_database(self, statement, arguments, shape):
        try:
            with self.pool.connection() as connection, connection.cursor() as cursor:
                cursor.execute(statement, arguments)
                body = shape(cursor.fetchall())
        except (psycopg2.Error, queue.Empty) as error:
            self.log_message("database error: %s", str(error).strip())
            self.answer(500, {"detail": "An internal server error occurred"})
        else:
            self.answer(200, body)

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


def main():
    # As process 1 of a container the default for SIGTERM is to ignore it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        Handler.pool = Pool(connection_settings(os.environ), POOL_SIZE)
        check_revision(Handler.pool)
    except psycopg2.Error as error:
        raise SystemExit(f"Cannot start: {str(error).strip()}") from None
    if (os.environ.get("SECURE") or "").lower() in TRUE:
        Handler.token = os.environ.get("LETTA_SERVER_PASSWORD")
    server = Server(("", PORT), Handler)
    print(f"Letta stand-in {VERSION} listens on port {PORT}", flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
