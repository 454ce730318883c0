"""Vectors of items: low frequencies of the graph, and alternating least squares."""

from __future__ import annotations

import numpy as np
from implicit.cpu.als import AlternatingLeastSquares
from scipy import sparse
from threadpoolctl import threadpool_limits

from feeds.learning.interactions import Floats, Interactions
from feeds.learning.models import Factors
from feeds.learning.walks import power

SWEEPS = 2


def low_pass(known: Interactions, size: int, liked: float = 0.4, other: float = 0.2) -> Factors:
    """A graph filter that lets the `size` lowest frequencies pass (GF-CF, Shen et al., CIKM 2021).

    The singular vectors are those of the matrix normalised by both degrees, by random projection.
    """
    matrix = known.matrix
    popularity = np.bincount(known.items, minlength=known.shape[1])
    rows, columns = power(known.lengths, 0.5), power(popularity, 0.5)
    normal = sparse.diags_array(rows) @ matrix @ sparse.diags_array(columns)
    vectors = _right_vectors(normal.tocsr().astype(np.float32), size)
    return Factors(
        vectors * power(popularity, liked)[:, None],
        vectors * power(popularity, other - 0.5)[:, None],
    )


def _right_vectors(matrix: sparse.csr_array, size: int) -> Floats:
    """The first right singular vectors (columns x size): Halko's randomised range finder."""
    size = min(size, *(max(side - 1, 1) for side in matrix.shape))
    extra = min(16, min(matrix.shape) - size)
    start = np.random.default_rng(7).standard_normal((matrix.shape[1], size + extra))
    transposed = matrix.T.tocsr()
    basis = start.astype(np.float32)
    for _ in range(SWEEPS + 1):
        basis = np.linalg.qr(matrix @ basis)[0]
        basis = np.linalg.qr(transposed @ basis)[0]
    small = matrix @ basis
    _, turn = np.linalg.eigh(small.T @ small)
    vectors: Floats = basis @ turn[:, ::-1][:, :size]
    return vectors


def least_squares(known: Interactions, size: int, alpha: float, regularisation: float) -> Factors:
    """Implicit ALS (Hu, Koren, Volinsky, ICDM 2008); readers are folded in by a ridge."""
    # implicit has threads of its own and refuses to share them with those of BLAS.
    with threadpool_limits(1, "blas"):
        model = AlternatingLeastSquares(
            size, regularization=regularisation, alpha=alpha, iterations=12, num_threads=1,
            random_state=7,
        )  # fmt: skip
        model.fit(sparse.csr_matrix(known.matrix), show_progress=False)
    items = np.asarray(model.item_factors, np.float32)
    gram = items.T @ items + regularisation * np.eye(items.shape[1], dtype=np.float32)
    return Factors(items, items, gram, alpha)
