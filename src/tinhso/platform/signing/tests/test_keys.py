"""Keys are made once, by whoever comes first, and are nobody else's to read."""

import multiprocessing
import stat

from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from tinhso.platform.signing.adapters.certificates import LONGEST_NAME, read_name, signer_name
from tinhso.platform.signing.adapters.keys import KeyStore
from tinhso.platform.signing.rules import Signer, SigningUnit
from tinhso.platform.signing.tests.conftest import COMMUNE, LEADER, NOW


def first_start(folder, gate, answers):
    store = KeyStore(folder)
    gate.wait(30)
    keys = [store.time_stamp_key(NOW), store.signing_key(signer_name(LEADER, COMMUNE), NOW), store.root(NOW)]
    answers.put([key.certificate.serial_number for key in keys])


def test_two_processes_that_start_together_end_up_with_the_same_keys(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    gate, answers = spawn.Barrier(2), spawn.Queue()
    starters = [spawn.Process(target=first_start, args=(tmp_path / "keys", gate, answers)) for _ in range(2)]
    for starter in starters:
        starter.start()
    first, second = answers.get(timeout=60), answers.get(timeout=60)
    for starter in starters:
        starter.join(30)

    assert first == second
    assert len(list((tmp_path / "keys").glob("*.pem"))) == 3


def test_keys_outlive_the_process_that_made_them(tmp_path):
    made = KeyStore(tmp_path).time_stamp_key(NOW)

    assert KeyStore(tmp_path).time_stamp_key(NOW).certificate == made.certificate


def test_only_the_owner_reads_keys(tmp_path):
    folder = tmp_path / "keys"
    KeyStore(folder).time_stamp_key(NOW)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_half_written_key_of_a_killed_process_is_written_anew(tmp_path):
    (tmp_path / "root.new").write_bytes(b"half a ke")

    assert KeyStore(tmp_path).root(NOW).is_valid_at(NOW)
    assert not (tmp_path / "root.new").exists()


def test_a_leader_who_changes_post_has_another_certificate(tmp_path):
    store = KeyStore(tmp_path)
    before = store.signing_key(signer_name(LEADER, COMMUNE), NOW)
    after = store.signing_key(signer_name(Signer(LEADER.code, LEADER.name, "Bí thư"), COMMUNE), NOW)

    assert before.certificate.serial_number != after.certificate.serial_number


def test_a_certificate_gives_back_whom_it_names(tmp_path):
    key = KeyStore(tmp_path).signing_key(signer_name(LEADER, COMMUNE), NOW)

    assert read_name(key.asn1) == (LEADER, COMMUNE)


def test_a_name_longer_than_a_certificate_holds_is_cut(tmp_path):
    long = SigningUnit("06211@2025-07-01", "Ủy ban nhân dân " * 9)
    key = KeyStore(tmp_path).signing_key(signer_name(LEADER, long), NOW)

    assert len(read_name(key.asn1)[1].name) == LONGEST_NAME


def test_the_time_stamp_certificate_serves_nothing_else(tmp_path):
    certificate = KeyStore(tmp_path).time_stamp_key(NOW).certificate
    usage = certificate.extensions.get_extension_for_oid(ExtensionOID.EXTENDED_KEY_USAGE)

    assert usage.critical
    assert list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
