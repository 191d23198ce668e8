"""What runs in the worker beside its jobs begins again when it fails and ends when the worker does."""

import threading

from tinhso.host import companions


def test_a_companion_that_fails_begins_again_until_stop_is_said(monkeypatch):
    monkeypatch.setattr(companions, "AGAIN_AFTER_SECONDS", 0.01)
    stop, begun = threading.Event(), []

    def fail_twice(said):
        begun.append(1)
        if len(begun) < 3:
            raise RuntimeError("the line broke")
        said.wait(10)

    thread = threading.Thread(target=companions.insist, args=(fail_twice, stop))
    thread.start()
    while len(begun) < 3:
        threading.Event().wait(0.01)
    stop.set()
    thread.join(5)

    assert not thread.is_alive()
    assert len(begun) == 3


def test_a_companion_that_has_nothing_to_do_is_left_alone():
    begun = []
    companions.insist(lambda _stop: begun.append(1), threading.Event())

    assert begun == [1]
