"""`tinhso simulate`: a stretch of a province's life, lived through with the real actions and a clock of its own."""

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tinhso.platform.capability import Simulation

WIDTH = 40


@click.command(
    help="Chạy một kịch bản mô phỏng bằng các hành động thật · Live through a profile with the real actions."
)
@click.option(
    "--profile", "code", help="Tên kịch bản; bỏ trống thì liệt kê · Name of the profile; without it, list them."
)
def command(code: str | None) -> None:
    """Load the profile's pack, live through it, close the ledger, take the figures up."""
    from tinhso.host.cli import start_django

    start_django()
    from tinhso.host.preparation import capabilities, migrate

    found = {each.code: each for app in capabilities() for each in app.simulations()}
    if code is None:
        for each in found.values():
            click.echo(f"{each.code}  {each.title}")
        return
    if code not in found:
        known = ", ".join(sorted(found)) or "-"
        raise click.ClickException(
            f"Không có kịch bản “{code}”; có: {known} · There is no profile “{code}”; there are: {known}"
        )
    migrate()
    _load(found[code])
    begun = time.monotonic()
    try:
        lines = found[code].run(Bar(begun))
    except Exception as trouble:
        raise click.ClickException(getattr(trouble, "vi", "") or str(trouble)) from trouble
    click.echo(f"\n{time.monotonic() - begun:.0f} s")
    for line in [*lines, *_close()]:
        click.echo(line)


def _load(simulation: "Simulation") -> None:
    from django.conf import settings

    from tinhso.host.packs import chosen_codes
    from tinhso.host.preparation import capabilities
    from tinhso.kernel.packs import read_packs
    from tinhso.platform.clock import now

    packs = read_packs(settings.PACKS_ROOT, [*chosen_codes(), simulation.pack])
    for app in capabilities():
        app.load_packs(packs, now())


def _close() -> list[str]:
    """Close the facts under one seal and take them up into the figures; what each says."""
    from tinhso.host.preparation import capabilities
    from tinhso.platform.clock import now
    from tinhso.platform.ledger.actions import seal_facts

    seal = seal_facts(now=now())
    sealed = f"✓ {seal.last_fact - seal.first_fact + 1} sự kiện đã niêm phong · facts sealed" if seal else ""
    warehouses = [warehouse for app in capabilities() if (warehouse := app.warehouse())]
    return [sealed, *(warehouse.refresh(now(), _in_silence) for warehouse in warehouses)]


def _in_silence(_step: str, _done: int, _total: int) -> None:
    return


class Bar:
    """A bar on a terminal, a line now and then elsewhere."""

    def __init__(self, begun: float) -> None:
        self.begun = begun

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show how far it is."""
        seconds = time.monotonic() - self.begun
        if sys.stdout.isatty():
            filled = WIDTH * done // total
            click.echo(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {step}  {seconds:.0f} s ", nl=False)
        elif done % 20 == 0 or done == total:
            click.echo(f"{done:4}/{total} {step}  {seconds:.0f} s")
