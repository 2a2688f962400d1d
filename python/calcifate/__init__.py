"""Where does the calcium go? A teaching model of gut, blood, bone and artery.

Educational model, population average, not medical advice.

>>> import calcifate
>>> result = calcifate.simulate(calcifate.lesson("calcium_paradox"))
>>> bool(result.value("end(cac)", "calcium_d_k2") < result.value("end(cac)", "calcium_d"))
True

`simulate` runs a scenario, `sweep` runs it many times, `sensitivity` ranks the inputs, `why` says
what a difference comes from. `dials`, `parameters`, `foods`, `quantities`, `lessons`, `evidence` and
`verdicts` are tables of what the model knows and says. `calcifate.distributed` runs sweeps on many machines.
"""

from calcifate._core import DISCLAIMER, MODEL_VERSION, __version__
from calcifate.errors import (
    ClusterError,
    Error,
    FigureError,
    Problem,
    RunError,
    ScenarioError,
    SourceNotFoundError,
    SourceTypeError,
)
from calcifate.figures import Figure
from calcifate.knowledge import (
    dials,
    evidence,
    foods,
    lesson,
    lessons,
    parameters,
    quantities,
    verdicts,
)
from calcifate.results import Result, Why, simulate, why
from calcifate.sweeps import SensitivityResult, SweepResult, sensitivity, sweep
from calcifate.tables import Table

__all__ = [
    "DISCLAIMER",
    "MODEL_VERSION",
    "ClusterError",
    "Error",
    "Figure",
    "FigureError",
    "Problem",
    "Result",
    "RunError",
    "ScenarioError",
    "SensitivityResult",
    "SourceNotFoundError",
    "SourceTypeError",
    "SweepResult",
    "Table",
    "Why",
    "__version__",
    "dials",
    "evidence",
    "foods",
    "lesson",
    "lessons",
    "parameters",
    "quantities",
    "sensitivity",
    "simulate",
    "sweep",
    "verdicts",
    "why",
]
