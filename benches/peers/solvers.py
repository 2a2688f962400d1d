"""The peers behind one face: `Solver(model).run(days, y0, p)` gives the state at the end.

A stretch is run from day 0 with the events of the document. The methods, their linear solvers and
step controls are as each package ships them; tolerances are those of the caller.
"""

import numba
import numpy
import numbalsoda
import roadrunner
import sksundae
import COPASI

STEP_LIMIT = 1_000_000


def stretches(model, days, p):
    """Begin, end and inputs between the phases."""
    begin, p = 0.0, p.copy()
    names = list(model.inputs)
    for day, changes in model.events:
        if day >= days:
            break
        yield begin, day, p.copy()
        for name, value in changes.items():
            p[names.index(name)] = value
        begin = day
    yield begin, days, p


class Lsoda:
    """LSODA, compiled as a whole (numbalsoda)."""

    def __init__(self, model, rtol, atol):
        self.model, self.rtol, self.atol = model, rtol, atol
        self.rates = model.function("cfunc", numba.cfunc(numbalsoda.lsoda_sig, nopython=True))

    def between(self, begin, end, y, p):
        times = numpy.array([begin, end])
        result, success = numbalsoda.lsoda(
            self.rates.address, y, times, data=p, rtol=self.rtol, atol=self.atol, mxstep=STEP_LIMIT)
        if not success:
            raise RuntimeError("LSODA gave up")
        return result[-1].copy()

    def run(self, days, y, p):
        for begin, end, p in stretches(self.model, days, p):
            y = self.between(begin, end, y, p)
        return y

    def run_pills(self, days, y, p, index, amount, first_day):
        return pills(self, days, y, p, index, amount, first_day)


class Cvode:
    """CVODE of SUNDIALS with a compiled right-hand side (scikit-sundae)."""

    def __init__(self, model, rtol, atol):
        self.model, self.rtol, self.atol = model, rtol, atol
        self.p = model.p0()
        compiled, shared = model.function("njit", numba.njit), self.p

        def rates(t, y, dy):
            compiled(t, y, dy, shared)

        rates(0.0, model.y0(), model.y0())
        self.solver = sksundae.cvode.CVODE(
            rates, rtol=rtol, atol=atol, linsolver="dense", max_num_steps=STEP_LIMIT)

    def between(self, begin, end, y, p):
        self.p[:] = p
        result = self.solver.solve(numpy.array([begin, end]), y)
        if not result.success:
            raise RuntimeError(f"CVODE: {result.message}")
        return result.y[-1].copy()

    run = Lsoda.run
    run_pills = Lsoda.run_pills


def pills(solver, days, y, p, index, amount, first_day):
    """Ends a stretch at every pill, adds it to its state and starts anew from there."""
    begin, end = 0.0, first_day
    while begin < days:
        y = solver.between(begin, min(end, days), y, p)
        begin, end = end, end + 1.0
        if begin < days:
            y[index] += amount
    return y


class RoadRunner:
    """CVODE with the model compiled by LLVM (libRoadRunner); events are the document's."""

    LOADED = {}  # loading takes many seconds

    def __init__(self, model, rtol, atol, path=None):
        path = path or model.path
        if path not in self.LOADED:
            self.LOADED[path] = roadrunner.RoadRunner(path)
        self.runner = self.LOADED[path]
        integrator = self.runner.integrator
        integrator.relative_tolerance, integrator.absolute_tolerance = rtol, atol
        integrator.maximum_num_steps = STEP_LIMIT
        self.runner.timeCourseSelections = model.names
        known = list(self.runner.model.getGlobalParameterIds())
        self.states = [known.index(name) for name in model.names]
        self.inputs = [known.index(name) for name in model.inputs]
        # A plain `reset` leaves what events have changed, such as the day of the next pill.
        self.reset = [roadrunner.SelectionRecord.ALL] if self.runner.model.getNumEvents() else []

    def between(self, begin, end, y, p):
        values = self.runner.model
        values.setGlobalParameterValues(self.inputs, list(p))
        values.setGlobalParameterValues(self.states, list(y))
        return numpy.array(self.runner.simulate(begin, end, 2))[-1].copy()

    def run(self, days, y, p):
        """`p` is what the document begins with; its events change it."""
        self.runner.reset(*self.reset)
        return self.between(0.0, days, y, p)

    def run_pills(self, days, y, p, index, amount, first_day):
        self.runner.reset(*self.reset)
        return pills(self, days, y, p, index, amount, first_day)


class RoadRunnerEvents(RoadRunner):
    """The same, for a document that gives the pills as events."""


class Copasi:
    """LSODAR of COPASI; events are the document's."""

    def __init__(self, model, rtol, atol, path=None):
        self.data = COPASI.CRootContainer.addDatamodel()
        self.data.importSBML(path or model.path)
        self.task = self.data.getTask("Time-Course")
        self.task.setMethodType(COPASI.CTaskEnum.Method_deterministic)
        method = self.task.getMethod()
        method.getParameter("Relative Tolerance").setDblValue(rtol)
        method.getParameter("Absolute Tolerance").setDblValue(atol)
        method.getParameter("Max Internal Steps").setUIntValue(STEP_LIMIT)
        values = {o.getSBMLId(): o for o in self.data.getModel().getModelValues()}
        self.states = [values[name] for name in model.names]

    def run(self, days, y, p=None):
        """Inputs are those of the document."""
        problem = self.task.getProblem()
        problem.setStepNumber(1)
        problem.setDuration(days)
        problem.setTimeSeriesRequested(False)
        changed = COPASI.ObjectStdVector()
        for entity, value in zip(self.states, y):
            entity.setInitialValue(float(value))
            changed.append(entity.getInitialValueReference())
        self.data.getModel().updateInitialValues(changed)
        if not self.task.processWithOutputFlags(True, COPASI.CCopasiTask.NO_OUTPUT):
            raise RuntimeError("COPASI: " + self.task.getProcessError())
        return numpy.array([entity.getValue() for entity in self.states])
