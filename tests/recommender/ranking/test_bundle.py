"""Bundles on disk: whatever is not whole, ours and finite is refused with the reason."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from recommender.domain import GENRES, Profile
from recommender.errors import BundleError
from recommender.ranking.bundle import ARCHIVE, FILES, MANIFEST, MOVIES, NETWORK, TABLES, BundleStore
from recommender.ranking.features import LONGEST_HISTORY
from recommender.ranking.retrieval import PERSON_FEATURES
from recommender.ranking.seal import SEAL, sealed
from recommender.ranking.trial import ANSWERS
from recommender.ranking.unpacking import OLDER_PAIR_FEATURES, read_policy, unpack
from recommender.ranking.wildcard_policy import FEATURES, NOTHING_LEARNED
from recommender.training.models.config import ModelConfig
from recommender.training.training import export
from tests.recommender.contract import contract_corpus, rated
from tests.recommender.tiny import tiny, tiny_files, tiny_manifest

pytestmark = pytest.mark.tensorflow
OLD, NEW = "20260101-000000", "20260201-000000"


@pytest.fixture
def bundles(tmp_path: Path) -> BundleStore:
    """Return a store with one good bundle."""
    store = BundleStore(tmp_path / "bundles")
    store.publish(tiny_files(), tiny_manifest(), OLD)
    return store


def rewrite(bundles: BundleStore, change: Callable[[dict[str, bytes], dict[str, object]], None]) -> None:
    """Publish a bundle that is damaged yet consistent: its checksums match."""
    files, manifest = dict(tiny_files()), tiny_manifest()
    change(files, manifest)
    bundles.publish(files, manifest, NEW)


def test_what_was_published_serves_as_it_was_judged(bundles: BundleStore) -> None:
    ranker, profile = bundles.load(OLD), rated((0, 5.0), genres=("Drama",))
    assert ranker.version == bundles.current() == OLD
    assert ranker.recommend(profile, 10) == tiny().ranker().recommend(profile, 10)


def test_what_wildcards_taught_is_published_along_and_must_be_whole(bundles: BundleStore) -> None:
    weights = dict.fromkeys(FEATURES, 0.5)
    for learned, drawn_by in (({"weights": weights}, (0.5,) * len(FEATURES)), (None, NOTHING_LEARNED)):
        manifest = {**tiny_manifest(), "wildcards": learned}
        files = tiny_files()
        ranker = unpack(files[NETWORK], files[TABLES], files[MOVIES], manifest, "v")
        assert read_policy(manifest).weights == drawn_by
        assert ranker.pick(rated(genres=("Drama",)), 5)
    damaged: tuple[object, ...] = ({"weights": {}}, {"weights": {**weights, FEATURES[0]: float("nan")}}, {}, 7)
    for broken in damaged:
        manifest = {**tiny_manifest(), "wildcards": broken}
        bundles.publish(tiny_files(), manifest, NEW)
        with pytest.raises(BundleError, match="must hold a ranker of this Reelmate"):
            bundles.load(NEW)
        shutil.rmtree(bundles.folder / NEW)


def test_the_manifest_names_every_file_with_its_checksum(bundles: BundleStore) -> None:
    folder = bundles.folder / OLD
    assert {path.name for path in folder.iterdir()} == {MANIFEST, *FILES}
    for name, digest in bundles.manifest(OLD)["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_is_refused(bundles: BundleStore, name: str) -> None:
    path = bundles.folder / OLD / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(BundleError, match=f"{name} of bundle {OLD} must match its checksum"):
        bundles.load(OLD)


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_is_refused(bundles: BundleStore, name: str) -> None:
    path = bundles.folder / OLD / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BundleError, match="checksum"):
        bundles.load(OLD)


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_a_missing_file_is_refused(bundles: BundleStore, name: str) -> None:
    (bundles.folder / OLD / name).unlink()
    with pytest.raises(BundleError, match="must h"):
        bundles.load(OLD)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{", '{"schema_version": 1}', '{"schema_version": 1, "sha256": []}']
)
def test_a_manifest_that_is_none_is_refused(bundles: BundleStore, text: str) -> None:
    (bundles.folder / OLD / MANIFEST).write_text(text)
    with pytest.raises(BundleError):
        bundles.load(OLD)


def test_another_schema_is_refused(bundles: BundleStore) -> None:
    path = bundles.folder / OLD / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema_version": 99}))
    with pytest.raises(BundleError, match=r"must have schema 1\. Received: 99"):
        bundles.load(OLD)


def test_a_changed_manifest_is_refused(bundles: BundleStore) -> None:
    path = bundles.folder / OLD / MANIFEST
    path.write_text(path.read_text().replace('"slope": ', '"slope": 1'))
    with pytest.raises(BundleError, match=r"manifest\.json of bundle 20260101-000000 must match its seal"):
        bundles.load(OLD)


def test_a_bundle_of_before_there_were_seals_loads(bundles: BundleStore) -> None:
    path = bundles.folder / OLD / MANIFEST
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({name: manifest[name] for name in manifest.keys() - {SEAL, "bytes"}}))
    assert bundles.load(OLD).version == OLD


@pytest.mark.parametrize("number", [float("nan"), float("inf"), "1", None])
def test_a_calibration_that_is_not_finite_is_refused(bundles: BundleStore, number: object) -> None:
    rewrite(bundles, lambda files, manifest: manifest.update(calibration={"slope": 1.0, "offset": number}))
    with pytest.raises(BundleError, match="must hold a ranker"):
        bundles.load(NEW)


def test_a_file_of_a_disk_is_refused_unread(bundles: BundleStore) -> None:
    with (bundles.folder / OLD / "tables.npz").open("wb") as tables:
        tables.truncate(3 << 30)  # a hole: it takes no room
    with pytest.raises(BundleError, match=r"tables\.npz .* must have at most 536870912 bytes\. Received: 3221225472"):
        bundles.load(OLD)


def test_features_of_another_version_are_refused(bundles: BundleStore) -> None:
    rewrite(bundles, lambda files, manifest: manifest.update(features=[["stars"], []]))
    with pytest.raises(BundleError, match="features of another version"):
        bundles.load(NEW)


def older_networks() -> dict[str, bytes]:
    """Return what a training made before films were told apart by content: a network that takes fewer pair features."""
    count = len(OLDER_PAIR_FEATURES)
    genres = np.zeros((len(contract_corpus().movies), len(GENRES)), np.float32)
    moments = np.zeros(count, np.float32), np.ones(count, np.float32)
    from recommender.training.models.embedding_mlp import build

    model = build(ModelConfig(genres, *moments, history=LONGEST_HISTORY, person=len(PERSON_FEATURES)))
    rng = np.random.default_rng(5)
    model.set_weights([weight + rng.normal(0, 0.1, weight.shape) for weight in model.get_weights()])
    network, archive = export(model)
    return {NETWORK: network, ARCHIVE: archive}


def test_a_bundle_of_before_films_were_told_apart_by_content_serves(bundles: BundleStore) -> None:
    def age(files: dict[str, bytes], manifest: dict[str, object]) -> None:
        files.update(older_networks())
        with np.load(io.BytesIO(files[TABLES])) as tables:
            kept = {name: tables[name] for name in tables.files if not name.startswith("content_")}
        np.savez(rewritten := io.BytesIO(), **kept)
        files[TABLES] = rewritten.getvalue()
        manifest["features"] = [[*OLDER_PAIR_FEATURES], [*PERSON_FEATURES]]
        manifest.pop(ANSWERS, None)  # trials came later

    rewrite(bundles, age)
    profile = rated((0, 5.0), (1, 2.0), (2, 4.5), genres=("Drama",))
    assert len(bundles.load(NEW).recommend(profile, 5)) == 5


def test_a_network_that_answers_nan_is_refused(bundles: BundleStore) -> None:
    def poison(files: dict[str, bytes], manifest: dict[str, object]) -> None:
        import onnx
        from onnx import numpy_helper

        network = onnx.load_from_string(files["ranker.onnx"])
        for constant in network.graph.initializer:
            values = numpy_helper.to_array(constant)
            if values.dtype == np.float32 and values.size > 1:
                constant.CopyFrom(numpy_helper.from_array(np.full_like(values, np.nan), constant.name))
        files["ranker.onnx"] = network.SerializeToString()

    rewrite(bundles, poison)
    with pytest.raises(BundleError, match="finite"):
        bundles.load(NEW)


def test_tables_of_fewer_films_are_refused(bundles: BundleStore) -> None:
    def halve(files: dict[str, bytes], manifest: dict[str, object]) -> None:
        with np.load(io.BytesIO(files["tables.npz"])) as arrays:
            tables = {name: arrays[name] for name in arrays.files}
        tables["log_count"] = tables["log_count"][:5]
        written = io.BytesIO()
        np.savez(written, allow_pickle=False, **tables)
        files["tables.npz"] = written.getvalue()

    rewrite(bundles, halve)
    with pytest.raises(BundleError, match="must hold a ranker"):
        bundles.load(NEW)


class Bomb:
    """Leaves a trace when it is unpickled."""

    def __init__(self, trace: str) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, str]]:
        return open, (self.trace, "w")


@pytest.mark.parametrize("name", FILES)
def test_a_pickle_in_a_files_place_is_never_opened(bundles: BundleStore, name: str, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    rewrite(bundles, lambda files, manifest: files.update({name: pickle.dumps(Bomb(str(trace)))}))
    if name == "ranker.keras":
        bundles.load(NEW).recommend(Profile(), 3)  # kept for further training only: serving never reads it
    else:
        with pytest.raises(BundleError):
            bundles.load(NEW)
    assert not trace.exists()


def test_object_arrays_among_the_tables_are_never_unpickled(bundles: BundleStore, tmp_path: Path) -> None:
    trace = tmp_path / "trace"

    def arm(files: dict[str, bytes], manifest: dict[str, object]) -> None:
        written = io.BytesIO()
        np.savez(written, allow_pickle=True, year=np.array([Bomb(str(trace))], dtype=object))
        files["tables.npz"] = written.getvalue()

    rewrite(bundles, arm)
    with pytest.raises(BundleError, match="must hold a ranker"):
        bundles.load(NEW)
    assert not trace.exists()


@pytest.mark.parametrize("name", ["model.h5", "ranker.pkl", "../../escape", "/etc/passwd"])
def test_files_that_are_none_of_ours_are_left_alone(bundles: BundleStore, name: str) -> None:
    path = bundles.folder / OLD / MANIFEST
    manifest = json.loads(path.read_text())
    manifest["sha256"][name] = "0" * 64
    path.write_text(json.dumps(sealed(manifest)))
    assert bundles.load(OLD).version == OLD


@pytest.mark.parametrize(
    "version", ["..", ".", "", "a/b", "../up", "/etc", "a\\b", "a\0b", "x" * 300, "current.", "é/.."]
)
def test_a_version_never_leads_out_of_the_folder(bundles: BundleStore, version: str) -> None:
    for step in (bundles.load, bundles.manifest, bundles.point_at):
        with pytest.raises(BundleError):
            step(version)
    assert bundles.current() == OLD


def test_a_version_is_published_once(bundles: BundleStore) -> None:
    with pytest.raises(BundleError, match="must be new"):
        bundles.publish(tiny_files(), tiny_manifest(), OLD)


def test_figures_of_numpy_stand_in_the_manifest_as_numbers(bundles: BundleStore) -> None:
    rewrite(bundles, lambda files, manifest: manifest.update(ndcg=np.float32(0.5), people=np.int64(3)))
    assert (bundles.manifest(NEW)["ndcg"], bundles.manifest(NEW)["people"]) == (0.5, 3)


def test_rollback_points_at_the_version_before(bundles: BundleStore) -> None:
    rewrite(bundles, lambda files, manifest: None)
    assert bundles.current() == NEW
    assert bundles.rollback() == bundles.current() == OLD
    with pytest.raises(BundleError, match="older bundle"):
        bundles.rollback()
    bundles.point_at(NEW)
    assert bundles.current() == NEW


def test_rollback_passes_over_a_damaged_bundle(bundles: BundleStore) -> None:
    middle = "20260115-000000"
    bundles.publish(tiny_files(), tiny_manifest(), middle)
    rewrite(bundles, lambda files, manifest: None)
    (bundles.folder / middle / "tables.npz").write_bytes(b"")
    assert bundles.rollback() == OLD


def test_what_is_refused_is_kept_aside_and_never_serves(bundles: BundleStore) -> None:
    folder = bundles.refuse(tiny_files(), tiny_manifest() | {"verdict": {"reason": "worse"}}, NEW)
    assert json.loads((folder / MANIFEST).read_text())["verdict"] == {"reason": "worse"}
    assert bundles.current() == OLD
    assert bundles.versions() == [OLD]


def test_pruning_keeps_the_newest_and_the_current(bundles: BundleStore) -> None:
    versions = [OLD, *(f"202602{day:02}-000000" for day in range(1, 6))]
    for version in versions[1:]:
        bundles.publish({}, {}, version)
        bundles.refuse({}, {}, version)
    bundles.point_at(OLD)
    assert bundles.prune(2) == versions[1:4]
    assert bundles.versions() == [OLD, *versions[4:]]
    assert sorted(path.name for path in (bundles.folder / "refused").iterdir()) == versions[4:]
    assert bundles.prune(2) == []


def test_an_unreadable_pointer_is_a_bundle_error(bundles: BundleStore) -> None:
    (bundles.folder / "current").unlink()
    (bundles.folder / "current").mkdir()
    with pytest.raises(BundleError, match="current"):
        bundles.current()


def test_a_kill_at_any_step_of_a_publish_leaves_the_old_or_the_new_bundle(bundles: BundleStore, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    for name, content in tiny_files().items():
        (tmp_path / "files" / name).write_bytes(content)
    (tmp_path / "manifest.json").write_text(json.dumps(tiny_manifest()))
    command = [sys.executable, "-m", "tests.recommender.publishing", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    attempts = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(attempts) > len(FILES) + 3
    assert all(attempt["loaded"] for attempt in attempts)
    assert all(attempt["killed"] for attempt in attempts[:-1])
    # How many steps there are depends on what the kill before left to clear up; the order of old and new does not.
    is_new = [attempt["is_new"] for attempt in attempts]
    assert is_new == sorted(is_new)
    assert is_new[-1]
    assert not attempts[-1]["killed"]


def test_rollback_passes_over_a_bundle_that_would_not_serve(bundles: BundleStore) -> None:
    rewrite(bundles, lambda files, manifest: manifest.update(calibration={"slope": 1.0, "offset": float("nan")}))
    (bundles.folder / "current").unlink()
    assert bundles.rollback() == OLD


def test_rollback_mends_a_lost_pointer(bundles: BundleStore) -> None:
    (bundles.folder / "current").unlink()
    assert bundles.rollback() == bundles.current() == OLD


def test_nothing_is_pruned_while_the_pointer_names_none(bundles: BundleStore) -> None:
    rewrite(bundles, lambda files, manifest: None)
    (bundles.folder / "current").write_bytes(b"")
    with pytest.raises(BundleError, match="must name the version that serves"):
        bundles.prune(0)
    assert bundles.versions() == [OLD, NEW]


def test_what_serves_in_anothers_place_is_not_pruned(bundles: BundleStore) -> None:
    rewrite(bundles, lambda files, manifest: None)
    assert bundles.prune(0, held=OLD) == []
    assert bundles.prune(0) == [OLD]


def test_a_publish_that_fails_leaves_no_half_bundle(bundles: BundleStore) -> None:
    half: dict[str, bytes] = {"ranker.onnx": b"half", "tables.npz": "no bytes"}  # type: ignore[dict-item]  # fails
    with pytest.raises(TypeError):
        bundles.publish(half, tiny_manifest(), NEW)
    assert {path.name for path in bundles.folder.iterdir()} == {OLD, "current"}


def test_what_a_killed_publish_left_behind_goes_with_the_next(bundles: BundleStore) -> None:
    for leftover in (bundles.folder / ".20260115-000000.1234", bundles.folder / "refused" / ".20260116-000000.1234"):
        leftover.mkdir(parents=True)
        (leftover / "tables.npz").write_bytes(b"half")
    rewrite(bundles, lambda files, manifest: None)
    assert {path.name for path in bundles.folder.iterdir()} == {OLD, NEW, "current", "refused"}
    assert not list((bundles.folder / "refused").iterdir())
