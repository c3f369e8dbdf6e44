#!/usr/bin/env python3
"""Checks a plan (graphorder/plan/1) against its own certificate, from the contract alone.

usage: check_certificate.py PLAN     exit code 0 legal, 1 not, 4 malformed; 2 usage, 3 not readable

Written against src/GraphOrder/Documents/certificate.md with the standard library; shares no code with the
planner, its verifier or check_certificate.c, and says the same sentences as the latter. Linear.
"""
import json
import sys

PHASES = ("preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish")
NEEDED_FIRST = ("preserve", "freeze", "retrieve")
NONE = -1
LINUX = (("file", "interleaved", "chosen"), ("file", "create forward", "preserve forward"),
         ("file", "create backward", "preserve forward"), ("file", "close forward", "preserve backward"),
         ("file", "interleaved", "chosen"), ("file", "finish forward", "preserve backward"))
MODELS = {"linux-7.3": LINUX, "linux-next": LINUX,
          "explicit-graph": (("object", "interleaved", "chosen"),) * 6,
          "session-finish": LINUX[:5] + (("session", "finish forward", "together"),),
          "global-finish": LINUX[:5] + (("everything", "interleaved", "together"),)}


class Malformed(Exception):
    """The document is none that can be checked: exit code 4."""


class Refused(Exception):
    """The document holds nothing to check: exit code 1."""


def demand(holds, what):
    if not holds:
        raise Malformed(what)


def quoted(name):
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else "\\x%02x" % b
                         for b in name.encode("utf-8")) + '"'


# ---- Reading: everything that the checks need, or Malformed ----

def member(holder, name, kind, default=None):
    value = holder.get(name, default)
    demand(type(value) is kind, "%s is missing or of the wrong type." % name)
    return value


def text(value, what="an id"):
    demand(type(value) is str and value != "" and "\0" not in value, "%s must be a string." % what)
    return value


def number(value):
    is_hex = value[:2] == "0x"
    digits = value[2:] if is_hex else value
    known = "0123456789abcdefABCDEF" if is_hex else "0123456789"
    demand(digits != "" and all(d in known for d in digits), "%s is no token." % quoted(value))
    token = int(digits, 16 if is_hex else 10)
    demand(token < 1 << 64, "%s is no token." % quoted(value))
    return token


def unique(pairs):
    found = dict(pairs)
    demand(len(found) == len(pairs), "a member stands twice.")
    return found


def constant(name):
    raise Malformed("%s is no number." % name)


def load(path):
    with open(path, "rb") as stream:
        raw = stream.read()
    try:
        found = json.loads(raw.decode("utf-8"), object_pairs_hook=unique, parse_constant=constant)
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise Malformed("it is no JSON in UTF-8.") from None
    demand(type(found) is dict and found.get("schema") == "graphorder/plan/1", "it is no graphorder/plan/1.")
    demand(not found.get("requires"), "it requires a feature that is not known here.")
    return found


def read_rules(model, given):
    names = model.split(":", 1)
    rules = []
    for p, phase in enumerate(PHASES):
        known = MODELS.get(names[0 if p < 4 else -1])
        rule = known[p] if known else None
        if given is not None:
            one = member(given, phase, dict)
            rule = (one.get("step"), one.get("between", "interleaved"), one.get("inside"))
            demand(known is None or rule == known[p], "%s is not what the contract says." % quoted(phase))
        demand(rule is not None, "the model %s is not known, and not described." % quoted(model))
        demand(all(type(word) is str for word in rule), "%s is no rule of a model." % quoted(phase))
        unit, between, inside = rule
        words = between.split(" ")
        mixed = between == "interleaved"
        order_ok = mixed or (len(words) == 2 and words[0] not in ("", "interleaved", "retrieve")
                             and words[1] in ("forward", "backward"))
        fits = {"object": mixed and inside == "chosen",
                "file": inside in ("chosen", "preserve forward", "preserve backward"),
                "session": not mixed and inside == "together",
                "everything": mixed and inside == "together"}.get(unit, False)
        if p == 0:
            fits = fits and mixed and inside == "chosen"
        else:
            fits = fits and (inside[:8] != "preserve" or rules[0][0] == "file")
        demand(order_ok and fits, "%s is no rule of a model." % quoted(phase))
        rules.append((unit, None if mixed else words[0], words[-1] == "backward", inside))
    return rules


class Plan:
    """Everything has a number: the objects and acts, then the sessions, then everything as one."""

    def __init__(self, doc):
        if "phases" not in doc and "sessions" not in doc:
            raise Refused("The document is a refusal and holds no plan.")
        if "certificate" not in doc:
            raise Refused("The plan brings no certificate.")
        facts = member(doc, "certificate", dict)
        self.rules = read_rules(member(doc, "model", str), facts.get("phases"))
        self.read_objects(member(facts, "sessions", list), member(facts, "objects", list))
        self.read_dependencies(member(doc, "dependencies", list), member(doc, "waived", list, []))
        self.orders = member(doc, "sessions", dict)
        phases = member(doc, "phases", dict)
        self.steps = [[self.read_step(k, step) for k, step in enumerate(member(phases, phase, list, []))]
                      for phase in PHASES]

    def read_objects(self, sessions, objects):
        self.sessions, self.ids = {}, {}
        for entry in sessions:
            demand(type(entry) is dict, "a session must be an object.")
            name = text(entry.get("name"), "a name")
            demand(len(name.encode("utf-8")) < 64, "%s is too long." % quoted(name))
            demand(name not in self.sessions, "%s stands twice." % quoted(name))
            self.sessions[name] = len(self.sessions)
        for entry in objects:
            demand(type(entry) is dict, "an object must be an object.")
            name = text(entry.get("id"))
            demand(name[:8] != "session:", "%s is no id." % quoted(name))
            demand(name not in self.ids, "%s stands twice." % quoted(name))
            self.ids[name] = len(self.ids)
        self.object_count, self.session_count, count = len(objects), len(sessions), len(objects)
        self.home = [NONE] * count + list(range(len(sessions))) + [NONE]
        self.token = [None] * len(self.home)
        self.file_of, self.act_in = [NONE] * len(self.home), [NONE] * len(self.home)
        self.names = list(self.ids) + ["session:" + name for name in self.sessions] + ["everything"]
        taken = set()
        for i, entry in enumerate(objects):
            is_act, has_session = entry.get("kind") == "act", "session" in entry
            demand(is_act == ("phase" in entry) and entry.get("when", "late") == "late" and (
                has_session if is_act else "when" not in entry), "an act has a session and a phase.")
            demand(("token" in entry) == (has_session and not is_act), "files have tokens, and nothing else.")
            demand(not has_session or "within" not in entry, "%s has two places." % quoted(entry["id"]))
            self.home[i] = self.find(self.sessions, entry["session"]) if has_session else NONE
            if is_act:
                demand(entry["phase"] in PHASES, "an act has a known phase.")
                self.act_in[i] = PHASES.index(entry["phase"])
            elif has_session:
                self.file_of[i], self.token[i] = i, number(member(entry, "token", str))
                demand((self.home[i], self.token[i]) not in taken, "a token stands twice.")
                taken.add((self.home[i], self.token[i]))
        for i, entry in enumerate(objects):
            if "within" in entry:
                file = self.file_of[i] = self.find(self.ids, entry["within"])
                demand(self.token[file] is not None, "only a file carries objects.")
                self.home[i] = self.home[file]
        self.created = [member(entry, "created", bool, False) for entry in sessions]
        demand(self.created == sorted(self.created, reverse=True), "created sessions stand first.")
        self.preserved = {}  # files, and the place of each in its session
        for s, entry in enumerate(sessions):
            for place, name in enumerate(member(entry, "preserved", list, [])):
                f = self.find(self.ids, name)
                demand(self.created[s] and f not in self.preserved and self.file_of[f] == f
                       and self.home[f] == s, "preserved lists files of its own created session, each once.")
                self.preserved[f] = place

    def read_dependencies(self, dependencies, waived):
        waived = set(self.read_waiver(text(entry, "a waiver")) for entry in waived)
        self.dependencies = []
        for entry in dependencies:
            demand(type(entry) is dict, "a dependency must be an object.")
            dependent, on = text(entry.get("dependent")), text(entry.get("on"))
            ends = self.find_end(dependent), self.find_end(on)
            phases = member(entry, "phases", list)
            demand(ends[0] != ends[1], "%s needs itself." % quoted(dependent))
            demand(phases and all(p in PHASES for p in phases), "a dependency has known phases.")
            demand(entry.get("strength", "hard") in ("hard", "soft"), "a strength is hard or soft.")
            soft = entry.get("strength") == "soft"
            of_acts = [self.act_in[v] for v in ends if self.act_in[v] != NONE]
            binding = [name in phases and all(q == p for q in of_acts)
                       and not (soft and ((dependent, on, None) in waived or (dependent, on, name) in waived))
                       for p, name in enumerate(PHASES)]
            self.dependencies.append((ends[0], ends[1], binding))

    @staticmethod
    def read_waiver(waiver):
        dependent, _, on = waiver.partition("=>")
        before, _, phase = on.rpartition("@")
        return (dependent, before, phase) if before and phase in PHASES else (dependent, on, None)

    def read_step(self, k, step):
        """What it moves or which act it is, its session, its token, its wave, and what it carries."""
        demand(type(step) is dict, "a step must be an object.")
        wave, carries = member(step, "wave", int, 0), member(step, "carries", list, [])
        demand(member(step, "step", int, k) == k and 0 <= wave < 1 << 31, "steps and waves count from 0.")
        demand("object" not in step or "act" not in step, "a step has an object or an act.")
        session = self.sessions.get(member(step, "session", str), -2) if "session" in step else NONE
        what = NONE if session == -2 else self.object_count + (
            session if "session" in step else self.session_count)
        for word in ("object", "act"):
            if word in step:
                what = self.ids.get(member(step, word, str), NONE)
                what = what if what >= 0 and (self.act_in[what] >= 0) == (word == "act") else NONE
        token = number(member(step, "token", str)) if "token" in step else None
        return what, session, token, wave, [self.ids.get(text(name), NONE) for name in carries]

    def find(self, table, name):
        demand(type(name) is str and name in table, "%s is not known." % quoted(str(name)))
        return table[name]

    def find_end(self, name):
        if name[:8] == "session:":
            return self.object_count + self.find(self.sessions, name[8:])
        return self.find(self.ids, name)


# ---- Checking ----

class Found(Exception):
    """The first thing that is wrong with a phase."""


class Phase:
    def __init__(self, plan, p, ranks):
        self.plan, self.p = plan, p
        self.unit, self.between, self.backward, self.inside = plan.rules[p]
        self.steps, self.ranks = plan.steps[p], ranks.get(self.between)
        self.reads = self.inside[:8] == "preserve"
        self.sign = 1 if PHASES[p] in NEEDED_FIRST else -1
        self.binding = [(d, on) for d, on, phases in plan.dependencies if phases[p]]
        self.needs = [[] for _ in plan.names]
        for d, on in self.binding:
            self.needs[d].append(on)

    def name(self, what):
        return quoted(self.plan.names[what])

    def is_act(self, what):
        return self.plan.act_in[what] != NONE

    def find_movers(self):
        """What moves each object, and the step of each of these, of each act and of whatever else moves."""
        plan, n = self.plan, self.plan.object_count
        self.mover = [NONE] * n
        for i in range(n):
            if plan.act_in[i] == self.p:
                self.mover[i] = i
            elif plan.file_of[i] != NONE:
                self.mover[i] = {"object": i, "file": plan.file_of[i], "session": n + plan.home[i],
                                 "everything": n + plan.session_count}[self.unit]
        expected = set(self.mover) - {NONE}
        expected.update(range(n, n + plan.session_count) if self.unit == "session" else
                        [n + plan.session_count] if self.unit == "everything" and plan.sessions else [])
        takes_acts = self.unit != "everything" and (
            self.between != "create" if self.between else self.inside == "chosen")
        for i in range(n):
            if plan.act_in[i] == self.p and not takes_acts:
                raise Found("%s is an act, and the model has no place for one here." % self.name(i))
        self.step_of = {}
        for k, (what, session, token, _, _) in enumerate(self.steps):
            if what not in expected:
                raise Found("step %d moves what has no step of its own." % k)
            if what in self.step_of:
                raise Found("step %d moves %s again." % (k, self.name(what)))
            if (session, token) != (plan.home[what], plan.token[what]):
                raise Found("step %d has another session or token than %s." % (k, self.name(what)))
            self.step_of[what] = k
        for what in sorted(expected):
            if what not in self.step_of:
                raise Found("%s has no step." % self.name(what))

    def check(self, preserve, retrieve):
        """All of it. Needs the phase preserve where its steps are whole, and the order retrieve."""
        self.check_derived(preserve)
        if PHASES[self.p] == "preserve":
            self.check_preserved()
        if PHASES[self.p] == "retrieve" and retrieve is not None:
            self.check_retrieve(retrieve)
        kernel_moved = self.check_cycles()
        for relation in self.relations():
            self.check_dependencies(kernel_moved, *relation)
        self.check_carries()

    def check_derived(self, preserve):
        """Sessions in their order, files in preserve order; waves count steps or sessions."""
        if not (self.between or self.reads) or (self.between and self.ranks is None) or (
                self.reads and preserve is None):
            return
        turn = -1 if self.inside == "preserve backward" else 1
        last, last_place = NONE, (NONE, 0)
        for k, (what, home, _, wave, _) in enumerate(self.steps):
            if self.is_act(what):
                continue
            place = (self.place_of(home) if self.between else 0,
                     turn * preserve.step_of[what] if self.reads else 0)
            if place < last_place:
                raise Found("the model does not have %s in step %d." % (self.name(what), k))
            if self.between and place[0] == last_place[0] and last != k - 1:
                raise Found("step %d is an act inside a session." % (k - 1))
            own = k if self.between in (None, "create") else (
                self.steps[last][3] if place[0] == last_place[0] else wave)
            if wave != own:
                raise Found("step %d is in wave %d instead of %d." % (k, wave, own))
            last, last_place = k, place

    def place_of(self, session):
        return len(self.ranks) - 1 - self.ranks[session] if self.backward else self.ranks[session]

    def check_preserved(self):
        is_behind, last = False, [0] * self.plan.session_count
        for what, home, _, _, _ in self.steps:
            f = self.plan.file_of[what]
            if f not in self.plan.preserved:
                is_behind = True
                continue
            if is_behind or self.plan.preserved[f] < last[home]:
                raise Found("%s does not keep the place that the kernel gave it." % self.name(f))
            last[home] = self.plan.preserved[f]

    def check_retrieve(self, ranks):
        seen = set()
        for what, home, _, _, _ in self.steps:
            if home not in seen and not self.is_act(what):
                if ranks[home] != len(seen):
                    raise Found('"retrieve" does not follow the first steps of the sessions.')
                seen.add(home)

    def check_cycles(self):
        """Components of objects by two walks (Kosaraju). What the kernel moves, what it needs first."""
        plan, n, order = self.plan, self.plan.object_count, []
        inside = [(d, on) for d, on in self.binding if max(d, on) < n]
        needed_by = [[] for _ in range(n)]
        for d, on in inside:
            needed_by[on].append(d)
        seen, open_ = [False] * n, list(range(n))
        while open_:
            v = open_.pop()
            if v < 0:
                order.append(~v)
            elif v < n and not seen[v]:
                seen[v] = True
                open_ += [~v] + self.needs[v]
        component = [NONE] * n
        for root in reversed(order):
            open_ = [root]
            while open_:
                v = open_.pop()
                if component[v] == NONE:
                    component[v] = root
                    open_ += needed_by[v]
        for d, on in inside if self.unit != "everything" else ():
            together = self.unit == "session" and plan.home[d] == plan.home[on] != NONE
            if component[d] == component[on] and not together:
                raise Found("%s needs %s on a cycle." % (self.name(d), self.name(on)))
        return [v for v in order if plan.file_of[v] == NONE and plan.act_in[v] == NONE]

    def relations(self):
        """What goes one after another: numbers as (what, number, whose). One's own stands in nobody's way."""
        steps, owners = [(i, self.step_of[mover]) for i, mover in enumerate(self.mover) if mover != NONE], []
        if self.between:  # inside a session by steps, and session against session also where they are empty
            yield "their steps", [(i, k, k) for i, k in steps]
            if self.ranks is not None:
                yield "their sessions' places", [
                    (v, self.place_of(home), home) for v, home in enumerate(self.plan.home)
                    if home != NONE and not self.is_act(v)]
        for k, (what, home, _, _, _) in enumerate(self.steps):
            session, is_act = self.plan.object_count + home, self.is_act(what)
            owners.append(k if not self.between else what if is_act else session)
            steps += [(session, k)] if home != NONE and not is_act else []
        yield "their steps", [(v, k, owners[k]) for v, k in steps]
        yield "their waves", [(v, self.steps[k][3], owners[k]) for v, k in steps]

    def check_dependencies(self, kernel_moved, word, numbers):
        """Looks up every dependency, directly and through what the kernel moves."""
        late, early = ([[NEVER, NEVER] for _ in self.plan.names] for _ in range(2))
        for what, number, owner in numbers:
            add(late[what], (self.sign * number, owner, what))
            add(early[what], (-self.sign * number, owner, what))
        for v in kernel_moved:
            for on in self.needs[v]:
                add(late[v], late[on][0])
                add(late[v], late[on][1])
        for d, on in self.binding:
            for when, owner, _ in early[d]:
                then, _, last = late[on][late[on][0][1] == owner]
                if then >= -when:
                    so = "" if last == on else " and so %s" % self.name(last)
                    raise Found("%s needs %s%s and must go %s it, but %s are %d and %d." % (
                        self.name(d), self.name(on), so, "after" if self.sign > 0 else "before", word,
                        -when * self.sign, then * self.sign))

    def check_carries(self):
        place = {}
        for k, (what, _, _, _, carries) in enumerate(self.steps):
            last = NONE
            for at, i in enumerate(carries):
                if i in (NONE, what) or i in place or self.mover[i] != what or (
                        self.unit != "file" and i < last):
                    raise Found("step %d does not carry what %s carries." % (k, self.name(what)))
                place[i], last = at, i
        for i, mover in enumerate(self.mover):
            if mover not in (NONE, i) and i not in place:
                raise Found("%s is carried by no step." % self.name(i))
        for d, on in self.binding if self.unit == "file" else ():
            if d in place and on in place and self.mover[d] == self.mover[on] and (
                    (place[on] < place[d]) != (self.sign > 0)):
                raise Found("%s and %s are carried in the wrong order." % (self.name(d), self.name(on)))


NEVER = (float("-inf"), NONE, NONE)


def add(latest, moment):
    """Keeps the two latest of (when, whose, what) that belong to different owners."""
    if moment[0] > latest[0][0]:
        latest[:] = moment, latest[moment[1] == latest[0][1]]
    elif moment[1] != latest[0][1] and moment[0] > latest[1][0]:
        latest[1] = moment


def check_orders(plan, ranks):
    """The orders of sessions that the model names: each lists every session once."""
    retrieve = ["retrieve"] if plan.rules[4][0] in ("file", "session") else []
    for name in dict.fromkeys([rule[1] for rule in plan.rules if rule[1]] + retrieve):
        listed = plan.orders.get(name)
        demand(listed is None or (type(listed) is list and all(type(s) is str for s in listed)),
               "an order lists names.")
        if listed is None or sorted(listed) != sorted(plan.sessions):
            raise Found("%s does not list every session once." % quoted(name))
        place = {session: at for at, session in enumerate(listed)}
        created = [place[session] for session in plan.sessions][:sum(plan.created)]
        if name == "create" and created != list(range(len(created))):
            raise Found('"create" does not begin with what the kernel has.')
        ranks[name] = [place[session] for session in plan.sessions]


def check(plan):
    """One sentence for the first thing that is wrong with each phase and with the orders of sessions."""
    problems, ranks, preserve = [], {}, None
    try:
        check_orders(plan, ranks)
    except Found as found:
        problems.append("sessions: %s" % found)
    for p, name in enumerate(PHASES):
        phase = Phase(plan, p, ranks)
        try:
            phase.find_movers()
            preserve = phase if name == "preserve" else preserve
            phase.check(preserve, ranks.get("retrieve"))
        except Found as found:
            problems.append("%s: %s" % (name, found))
    return problems


def main(arguments):
    if len(arguments) != 2:
        print("usage: check_certificate PLAN", file=sys.stderr)
        return 2
    try:
        problems = check(Plan(load(arguments[1])))
    except OSError as error:
        print("%s cannot be read: %s" % (arguments[1], error.strerror), file=sys.stderr)
        return 3
    except Malformed as error:
        print("Malformed: %s" % error, file=sys.stderr)
        return 4
    except Refused as error:
        problems = [str(error)]
    print("\n".join(problems) or "LEGAL: the plan keeps every dependency of its certificate, in all six phases.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
