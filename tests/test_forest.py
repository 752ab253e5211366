"""The forest that decides to abstain, as plain arrays."""

import numpy as np
import pytest
from sklearn.ensemble import ExtraTreesClassifier

from assistant.errors import IndexDamagedError
from assistant.forest import Forest
from ingest.ranking import _forest


@pytest.fixture(scope="module")
def grown():
    """(library's model, our forest, rows) of a problem that needs more than one split."""
    random = np.random.default_rng(7)
    rows = random.normal(size=(400, 6))
    labels = rows[:, 0] * rows[:, 1] + 0.3 * rows[:, 2] > 0
    model = ExtraTreesClassifier(20, min_samples_leaf=5, random_state=0).fit(rows, labels)
    return model, _forest([tree.tree_ for tree in model.estimators_]), rows.astype(np.float32)


def test_the_arrays_say_what_the_library_says(grown):
    # A wrong child or threshold would only show as slightly worse decisions.
    model, forest, rows = grown
    expected = model.predict_proba(rows)[:, 1]
    assert [forest(row) for row in rows] == pytest.approx(expected)
    assert expected.std() > 0.1


def test_a_forest_survives_its_file(grown, tmp_path):
    _, forest, rows = grown
    forest.save(tmp_path / "f.npz")
    loaded = Forest.load(tmp_path / "f.npz")
    assert [loaded(row) for row in rows[:20]] == [forest(row) for row in rows[:20]]


@pytest.mark.parametrize("content", [b"", b"PK", b"not a forest"])
def test_a_damaged_file_is_named(tmp_path, content):
    (tmp_path / "f.npz").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="ingest --rebuild"):
        Forest.load(tmp_path / "f.npz")


@pytest.mark.parametrize("harm", ["loop", "outside", "short"])
def test_a_tree_that_leads_nowhere_is_refused(grown, tmp_path, harm):
    # A loop would hang the first question; a child outside the arrays would crash it.
    _, forest, _ = grown
    parts = {name: getattr(forest, name).copy() for name in Forest.__dataclass_fields__}
    if harm == "loop":
        parts["left"][0] = 0
    elif harm == "outside":
        parts["right"][0] = len(parts["features"])
    else:
        parts["values"] = parts["values"][:-1]
    Forest(**parts).save(tmp_path / "f.npz")
    with pytest.raises(IndexDamagedError):
        Forest.load(tmp_path / "f.npz")
