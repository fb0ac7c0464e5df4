"""Make tests/data/auc.npz: areas under ROC curves as scikit-learn has them, ties among them.

python scripts/make_auc_reference.py         # needs scikit-learn (1.9.1 made what is stored)
"""

from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

FILE = Path(__file__).parents[1] / "tests" / "data" / "auc.npz"
SYMBOLS, UNITS, LABELS = 230, 7, 4


def main() -> None:
    rng = np.random.default_rng(17)
    values = np.tanh(rng.normal(size=(SYMBOLS, UNITS)))
    values[:, 2] = values[:, 2].round(1)  # many ties
    values[:, 3] = np.sign(values[:, 3])  # hardly anything else
    values[:, 4] = 0.25  # nothing else
    so = rng.random((LABELS, SYMBOLS)) < np.array([[0.5], [0.1], [0.9], [0.3]])
    values[:, 5] += so[1]
    values[:, 6] -= 0.5 * so[3]
    areas = [[roc_auc_score(row, column) for column in values.T] for row in so]
    np.savez_compressed(FILE, values=values, labels=so, auc=np.array(areas))


if __name__ == "__main__":
    main()
