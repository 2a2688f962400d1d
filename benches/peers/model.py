"""An exported SBML document as a compiled right-hand side.

Everything is generated from libSBML's syntax trees: no equation of the model stands here.
"""

import math

import libsbml
import numpy

L = libsbml
OPERATORS = {L.AST_PLUS: " + ", L.AST_TIMES: " * ", L.AST_MINUS: " - ", L.AST_DIVIDE: " / "}
FUNCTIONS = {L.AST_FUNCTION_EXP: "math.exp", L.AST_FUNCTION_LN: "math.log", L.AST_FUNCTION_COS: "math.cos"}
RELATIONS = {L.AST_RELATIONAL_GT: ">", L.AST_RELATIONAL_GEQ: ">="}


def code(tree, name):
    """The tree as a Python expression; `name` says how a symbol is written."""
    kind = tree.getType()
    parts = [tree.getChild(i) for i in range(tree.getNumChildren())]
    if kind in OPERATORS and len(parts) > 1:
        return "(" + OPERATORS[kind].join(code(part, name) for part in parts) + ")"
    if kind == L.AST_MINUS:
        return f"(-{code(parts[0], name)})"
    if kind in FUNCTIONS:
        return f"{FUNCTIONS[kind]}({code(parts[0], name)})"
    if kind == L.AST_FUNCTION_ROOT:  # only square roots are exported
        return f"math.sqrt({code(parts[-1], name)})"
    if kind == L.AST_FUNCTION_PIECEWISE:
        value, condition, otherwise = (code(part, name) for part in parts)
        return f"({value} if {condition} else {otherwise})"
    if kind in RELATIONS:
        return f"({code(parts[0], name)} {RELATIONS[kind]} {code(parts[1], name)})"
    if kind in (L.AST_NAME, L.AST_NAME_TIME):
        return name("time" if kind == L.AST_NAME_TIME else tree.getName())
    if kind == L.AST_CONSTANT_PI:
        return "math.pi"
    if kind == L.AST_INTEGER:
        return f"{tree.getInteger()}.0"
    if kind in (L.AST_REAL, L.AST_REAL_E):
        return repr(tree.getReal())
    raise ValueError(f"{L.formulaToL3String(tree)}: not expected in an export")


def names_in(tree, found=None):
    """Every symbol that a tree reads."""
    found = set() if found is None else found
    if tree.getType() == L.AST_NAME:
        found.add(tree.getName())
    for i in range(tree.getNumChildren()):
        names_in(tree.getChild(i), found)
    return found


class Model:
    """States with their start, inputs, constants, events, and the rates of change as text."""

    def __init__(self, path):
        self.path, self.compiled = path, {}
        document = L.readSBMLFromFile(path)
        if document.getNumErrors(L.LIBSBML_SEV_ERROR):
            raise ValueError(document.getErrorLog().toString())
        model = document.getModel()
        items = lambda count, get: [get(i) for i in range(count)]
        rules = items(model.getNumRules(), model.getRule)
        self.rules = {r.getVariable(): r.getMath().deepCopy() for r in rules if r.isAssignment()}
        self.rates = {r.getVariable(): r.getMath().deepCopy() for r in rules if r.isRate()}
        parameters = items(model.getNumParameters(), model.getParameter)
        self.start, self.inputs, self.constants = {}, {}, {}
        for p in parameters:
            if p.getId() in self.rates:
                self.start[p.getId()] = p.getValue()
            elif p.getConstant():
                self.constants[p.getId()] = p.getValue()
            elif p.getId() not in self.rules:
                self.inputs[p.getId()] = p.getValue()
        # In the order of the document each reads only what stands before it.
        for a in items(model.getNumInitialAssignments(), model.getInitialAssignment):
            value = eval(code(a.getMath(), lambda n: repr(self.constants[n])), {"math": math})
            if abs(value / self.constants[a.getSymbol()] - 1) > 1e-12:
                raise ValueError(f"{a.getSymbol()}: its assignment gives {value!r}")
            self.constants[a.getSymbol()] = value
        self.events = []
        for e in items(model.getNumEvents(), model.getEvent):
            day = e.getTrigger().getMath().getChild(1)
            day = float(eval(code(day, str)))
            changes = items(e.getNumEventAssignments(), e.getEventAssignment)
            changes = {c.getVariable(): float(eval(code(c.getMath(), str))) for c in changes}
            self.events.append((day, changes))
        self.names = list(self.start)

    def y0(self):
        return numpy.array([self.start[name] for name in self.names])

    def p0(self):
        return numpy.array(list(self.inputs.values()))

    def source(self):
        """`def rates(t, y, dy, p)`; constants are written as numbers, for the compiler to fold."""
        position = {name: f"y[{i}]" for i, name in enumerate(self.names)}
        position |= {name: f"p[{i}]" for i, name in enumerate(self.inputs)}
        position |= {name: repr(value) for name, value in self.constants.items()}
        position["time"] = "t"
        name = lambda n: position.get(n, n)
        needed, order = set(), []
        def need(tree):
            for symbol in sorted(names_in(tree)):
                if symbol in self.rules and symbol not in needed:
                    needed.add(symbol)
                    need(self.rules[symbol])
                    order.append(symbol)
        for state in self.names:
            need(self.rates[state])
        lines = [f"    {rule} = {code(self.rules[rule], name)}" for rule in order]
        lines += [f"    dy[{i}] = {code(self.rates[n], name)}" for i, n in enumerate(self.names)]
        return "def rates(t, y, dy, p):\n" + "\n".join(lines) + "\n"

    def function(self, kind, decorate):
        """The right-hand side as `decorate` compiles it; `kind` names the way, done once each."""
        if kind not in self.compiled:
            scope = {"math": math}
            exec(compile(self.source(), f"rates of {self.path}", "exec"), scope)
            self.compiled[kind] = decorate(scope["rates"])
        return self.compiled[kind]


def with_pills(path, out, state, parameter, amount, first_day):
    """The document with a daily bolus into `state` as an event and its constant rate taken off."""
    document = L.readSBMLFromFile(path)
    model = document.getModel()
    model.getParameter(parameter).setValue(0.0)
    next_dose = model.createParameter()
    next_dose.setId("next_dose"); next_dose.setConstant(False); next_dose.setValue(first_day); next_dose.setUnits("d")
    event = model.createEvent()
    event.setId("pill"); event.setUseValuesFromTriggerTime(True)
    trigger = event.createTrigger()
    trigger.setInitialValue(False); trigger.setPersistent(True)
    trigger.setMath(L.parseL3Formula("time >= next_dose"))
    for variable, formula in [(state, f"{state} + {amount!r}"), ("next_dose", "next_dose + 1")]:
        assignment = event.createEventAssignment()
        assignment.setVariable(variable); assignment.setMath(L.parseL3Formula(formula))
    L.writeSBMLToFile(document, out)
