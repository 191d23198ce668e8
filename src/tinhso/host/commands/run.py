"""`tinhso run`: everything that one installation needs, in the foreground."""

import fcntl
import os
import sys
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path

import click

from tinhso.host.children import die_with_my_parent
from tinhso.host.home import home_folder
from tinhso.host.postgres import Postgres, PostgresTrouble, start_postgres
from tinhso.host.postgres_guard import take_lock
from tinhso.host.prepared import hold_children
from tinhso.host.supervisor import Child, StopSignal, port_is_free, stop_all, watch

PORT_PATIENCE_SECONDS = 3.0
FIRST_PAGE_WITHIN_SECONDS = 60.0


@click.command(help="Chạy tinhso: cơ sở dữ liệu, trang web, việc nền · Run tinhso: database, pages, jobs.")
@click.option("--port", envvar="PORT", default=8000, show_default=True, help="Cổng · Port.")
@click.option(
    "--bind", envvar="TINHSO_BIND", default="127.0.0.1", show_default=True, help="Địa chỉ nghe · Address to listen at."
)
def command(*, port: int, bind: str) -> None:
    """Start all, keep all running until Ctrl-C or SIGTERM, stop all."""
    begun = time.monotonic()
    if os.environ.get("TINHSO_END_WITH_PARENT"):
        die_with_my_parent()
    home = home_folder()
    _claim(home, bind, port)
    environment = {**os.environ, "PORT": str(port), "TINHSO_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    stop = StopSignal()
    children = _children(environment, bind, port)
    held = hold_children(home)
    server = None
    try:
        for child in children:
            child.tend(_tell)
        if not os.environ.get("DATABASE_URL"):
            server = start_postgres(home)
            click.echo(f"{time.monotonic() - begun:6.1f} s  PostgreSQL")
        if _prepare(environment, begun, stop):
            os.close(held)
            first = FirstPage(home, f"http://{_reachable(bind)}:{port}", begun)
            watch(children, stop, also=[lambda: _keep(server), first.look], say=_tell)
    except PostgresTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    finally:
        stop_all(children)
        if server:
            server.stop()
        click.echo("Đã dừng · stopped")


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _claim(home: Path, bind: str, port: int) -> None:
    """Refuse a second run of one home and a port in use, with what to do; a port just left is waited for."""
    address = home / "run.lock"
    try:
        descriptor = take_lock(address, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise click.ClickException(
            f"tinhso đang chạy rồi, ở {address.read_text()} · tinhso already runs there."
        ) from None
    until = time.monotonic() + PORT_PATIENCE_SECONDS
    while not port_is_free(bind, port):
        if time.monotonic() > until:
            raise click.ClickException(
                f"Cổng {port} đang có chương trình khác dùng; hãy chọn cổng khác: PORT={port + 1} make run"
                f"\n       Port {port} is in use by another program; choose another: PORT={port + 1} make run"
            )
        time.sleep(0.1)
    os.truncate(descriptor, 0)
    os.write(descriptor, f"http://{bind}:{port}/".encode())


def _prepare(environment: dict[str, str], begun: float, stop: StopSignal) -> bool:
    """Make tables, packs and files ready in a process of its own; False when somebody asked to stop meanwhile."""
    work = Child("chuẩn bị", [sys.executable, "-m", "tinhso.host.preparation", str(begun)], environment)
    work.tend(_tell)
    assert work.process is not None
    while work.alive and not stop.asked:
        time.sleep(0.05)
    if stop.asked:
        work.stop()
        return False
    if work.process.returncode:
        raise click.ClickException("Chuẩn bị không xong, xem ở trên · preparation failed, see above.")
    return True


def _reachable(bind: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(bind, f"[{bind}]" if ":" in bind else bind)  # noqa: S104 - a comparison


def _children(environment: dict[str, str], bind: str, port: int) -> list[Child]:
    web = [sys.executable, "-m", "tinhso.host.web", bind, str(port)]
    worker = [sys.executable, "-m", "tinhso.host.worker"]
    return [Child("Trang web · web", web, environment), Child("Việc nền · worker", worker, environment)]


def _keep(server: Postgres | None) -> None:
    """Start the embedded database again when it died; a failure is told and tried again at the next round."""
    if server and not server.ready:
        click.echo("PostgreSQL dừng ngoài ý muốn, chạy lại · stopped unexpectedly, starts again", err=True)
        try:
            server.start()
        except PostgresTrouble as trouble:
            click.echo(str(trouble), err=True)


class FirstPage:
    """Looks whether the pages answer, and prints the welcome when they do."""

    def __init__(self, home: Path, address: str, begun: float) -> None:
        self.home = home
        self.address = address
        self.begun, self.since = begun, time.monotonic()  # making ready may have taken long; that is told already
        self.done = False

    def look(self) -> None:
        """Ask for the health and the first page; print the welcome once, or once that there is no answer."""
        if self.done:
            return
        try:
            for page in ("/healthz", "/"):
                urllib.request.urlopen(self.address + page, timeout=2).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError as trouble:
            if trouble.code == HTTPStatus.SERVICE_UNAVAILABLE:
                return
            self._end(f"Trang {trouble.url} báo lỗi {trouble.code} · answers with error {trouble.code}")
        except OSError:
            if time.monotonic() - self.since > FIRST_PAGE_WITHIN_SECONDS:
                self._end("Trang web chưa trả lời · the pages do not answer yet")
        else:
            self._end("Sẵn sàng · ready")

    def _end(self, text: str) -> None:
        self.done = True
        welcome = (self.home / "welcome.txt").read_text()
        click.echo(f"{time.monotonic() - self.begun:6.1f} s  {text}\n\n{welcome}")
