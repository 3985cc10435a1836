"""A forest of small decision trees, grown beforehand by `benchmarks/train_blocks.py`."""

import functools
import json
from importlib.resources import files
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from alignwatch.errors import DataFileError

__all__ = ["Forest", "load_forest"]

_FIRST_TREES = 32
_HOPELESS = -3.0


@attrs.frozen(kw_only=True, eq=False)
class Forest:
    """Nodes in one row; a node whose children are itself is a leaf.

    A number at most `threshold` leads to the first child, a larger one to the second.
    """

    feature: npt.NDArray[np.int32]
    threshold: npt.NDArray[np.float64]
    children: npt.NDArray[np.int32]
    value: npt.NDArray[np.float64]
    roots: npt.NDArray[np.int32]
    depth: int
    width: int

    def judge(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Give the chance in 0..1 for each row.

        Rows that the first trees find hopeless are not shown to the others.
        """
        if rows.shape[1] != self.width:
            msg = f"content.json is made for {self.width} numbers a block, got {rows.shape[1]}"
            raise DataFileError(msg)
        score = self._sum(rows, self.roots[:_FIRST_TREES])
        open_ = np.flatnonzero(score > _HOPELESS)
        if len(open_) and len(self.roots) > _FIRST_TREES:
            score[open_] += self._sum(rows[open_], self.roots[_FIRST_TREES:])
        chances: npt.NDArray[np.float64] = 1 / (1 + np.exp(-score))
        return chances

    def _sum(
        self, rows: npt.NDArray[np.float64], roots: npt.NDArray[np.int32]
    ) -> npt.NDArray[np.float64]:
        flat = np.ascontiguousarray(rows).ravel()
        base = np.arange(len(rows), dtype=np.int32)[:, None] * np.int32(rows.shape[1])
        node = np.broadcast_to(roots, (len(rows), len(roots)))
        for _ in range(self.depth):
            above = flat.take(base + self.feature.take(node)) > self.threshold.take(node)
            node = self.children.take(2 * node + above)
        total: npt.NDArray[np.float64] = self.value.take(node).sum(axis=1)
        return total


@functools.cache
def load_forest() -> Forest:
    """Read the trees that are shipped with the package."""
    source = files("alignwatch.text") / "data" / "content.json"
    return read_forest(json.loads(source.read_text(encoding="utf-8")))


def read_forest(data: dict[str, Any]) -> Forest:
    """Give the forest of *data*: each tree a list of nodes, in which children have later places.

    A split is [feature, threshold, first child, second child], a leaf [value].
    """
    feature: list[int] = []
    threshold: list[float] = []
    children: list[int] = []
    value: list[float] = []
    roots: list[int] = []
    for tree in data["trees"]:
        root = len(feature)
        roots.append(root)
        for place, node in enumerate(tree):
            if len(node) == 1:
                feature.append(0)
                threshold.append(0.0)
                children += (root + place, root + place)
                value.append(node[0])
            else:
                feature.append(node[0])
                threshold.append(node[1])
                children += (root + node[2], root + node[3])
                value.append(0.0)
    return Forest(
        feature=np.array(feature, dtype=np.int32),
        threshold=np.array(threshold, dtype=np.float64),
        children=np.array(children, dtype=np.int32),
        value=np.array(value, dtype=np.float64),
        roots=np.array(roots, dtype=np.int32),
        depth=data["depth"],
        width=data["width"],
    )
