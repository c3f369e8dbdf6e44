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
        self.sessions = {}
        for entry in sessions:
            demand(type(entry) is dict, "a session must be an object.")
            name = text(entry.get("name"), "a name")
            demand(len(name.encode("utf-8")) < 64, "%s is too long." % quoted(name))
            demand(name not in self.sessions, "%s stands twice." % quoted(name))
            self.sessions[name] = len(self.sessions)
        self.ids = {}
        for entry in objects:
            demand(type(entry) is dict, "an object must be an object.")
            name = text(entry.get("id"))
            demand(name[:8] != "session:", "%s is no id." % quoted(name))
            demand(name not in self.ids, "%s stands twice." % quoted(name))
            self.ids[name] = len(self.ids)
        count = len(objects)
        self.file_of, self.session_of, self.token_of = [-1] * count, [-1] * count, [None] * count
        taken = set()
        for i, entry in enumerate(objects):
            if "session" in entry:
                demand("within" not in entry, "%s has two places." % quoted(entry["id"]))
                self.file_of[i] = i
                self.session_of[i] = self.find(self.sessions, entry["session"])
                self.token_of[i] = number(member(entry, "token", str))
                demand((self.session_of[i], self.token_of[i]) not in taken, "a token stands twice.")
                taken.add((self.session_of[i], self.token_of[i]))
            else:
                demand("token" not in entry, "only a file has a token.")
        for i, entry in enumerate(objects):
            if "within" in entry:
                self.file_of[i] = self.find(self.ids, entry["within"])
                demand(self.token_of[self.file_of[i]] is not None, "only a file carries objects.")
                self.session_of[i] = self.session_of[self.file_of[i]]
        self.names = list(self.ids) + ["session:" + name for name in self.sessions]
        self.created = [member(entry, "created", bool, False) for entry in sessions]
        demand(self.created == sorted(self.created, reverse=True), "created sessions stand first.")
        self.preserved = []
        for s, entry in enumerate(sessions):
            files = [self.find(self.ids, name) for name in member(entry, "preserved", list, [])]
            demand(len(set(files)) == len(files) and (self.created[s] or not files)
                   and all(self.file_of[f] == f and self.session_of[f] == s for f in files),
                   "preserved lists files of its own created session, each once.")
            self.preserved.append(files)

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
            binding = [p in phases and not (soft and ((dependent, on, None) in waived
                                                      or (dependent, on, p) in waived)) for p in PHASES]
            self.dependencies.append((ends[0], ends[1], binding))

    @staticmethod
    def read_waiver(waiver):
        dependent, _, on = waiver.partition("=>")
        before, _, phase = on.rpartition("@")
        return (dependent, before, phase) if before and phase in PHASES else (dependent, on, None)

    def read_step(self, k, step):
        demand(type(step) is dict, "a step must be an object.")
        wave = member(step, "wave", int, 0)
        demand(member(step, "step", int, k) == k and 0 <= wave < 1 << 31, "steps and waves count from 0.")
        carries = [text(name) for name in member(step, "carries", list, [])]
        return (member(step, "object", str) if "object" in step else None,
                member(step, "session", str) if "session" in step else None,
                number(member(step, "token", str)) if "token" in step else None, wave, carries)

    def find(self, table, name):
        demand(type(name) is str and name in table, "%s is not known." % quoted(str(name)))
        return table[name]

    def find_end(self, name):
        if name[:8] == "session:":
            return len(self.ids) + self.find(self.sessions, name[8:])
        return self.find(self.ids, name)


# ---- Checking ----

class Found(Exception):
    """The first thing that is wrong with a phase."""


class Latest:
    """The two latest moments that belong to different owners."""

    def __init__(self):
        self.two = []

    def add(self, moment, owner, who):
        self.two = [t for t in self.two if t[1] != owner or t[0] > moment]
        if all(t[1] != owner for t in self.two):
            self.two.append((moment, owner, who))
            self.two = sorted(self.two, key=lambda t: -t[0])[:2]

    def join(self, other):
        for one in other.two:
            self.add(*one)

    def but(self, owner):
        return next((t for t in self.two if t[1] != owner), None)


class Phase:
    def __init__(self, plan, p, ranks):
        self.plan, self.name, self.p = plan, PHASES[p], p
        self.unit, self.between, self.backward, self.inside = plan.rules[p]
        self.steps, self.ranks = plan.steps[p], ranks.get(self.between)
        self.sign = 1 if self.name in NEEDED_FIRST else -1
        self.find_movers()

    def find_movers(self):
        plan, count = self.plan, len(self.plan.ids)
        movers = {"object": [i for i in range(count) if plan.file_of[i] >= 0],
                  "file": [i for i in range(count) if plan.file_of[i] == i],
                  "session": list(range(len(plan.sessions))), "everything": [0] * bool(plan.sessions)}[self.unit]
        known, self.step_of, self.movers = set(movers), {}, []
        for k, (name, session, token, _, _) in enumerate(self.steps):
            if self.unit in ("object", "file"):
                mover = plan.ids.get(name, -1)
                owner, own = (plan.session_of[mover], plan.token_of[mover]) if mover in known else (-1, None)
            elif self.unit == "session":
                mover, owner, own = -1 if name is not None else plan.sessions.get(session, -1), None, None
            else:
                mover, owner, own = 0 if name is None else -1, -1, None
            if mover not in known:
                raise Found("step %d moves what has no step of its own." % k)
            if mover in self.step_of:
                raise Found("step %d moves %s again." % (k, self.name_of(mover)))
            if token != own:
                raise Found("step %d has another token than %s." % (k, self.name_of(mover)))
            if owner is not None and session != (list(plan.sessions)[owner] if owner >= 0 else None):
                raise Found("step %d has another session than %s." % (k, self.name_of(mover)))
            self.step_of[mover] = k
            self.movers.append(mover)
        for mover in movers:
            if mover not in self.step_of:
                raise Found("%s has no step." % self.name_of(mover))

    def name_of(self, mover):
        return {"session": lambda: quoted(self.plan.names[len(self.plan.ids) + mover]),
                "everything": lambda: "everything"}.get(self.unit, lambda: quoted(self.plan.names[mover]))()

    def step(self, i):
        return self.step_of[{"object": i, "file": self.plan.file_of[i],
                             "session": self.plan.session_of[i]}.get(self.unit, 0)]

    def session_of(self, k):
        return self.movers[k] if self.unit == "session" else self.plan.session_of[self.movers[k]]

    def check(self, preserve):
        self.check_derived(preserve)
        if self.p == 0:
            self.check_preserved()
        order = self.check_cycles()
        if self.unit != "everything":
            self.check_dependencies(order, False)
            self.check_dependencies(order, True)
        self.check_carries()

    def check_derived(self, preserve):
        reads = self.inside[:8] == "preserve"
        if (self.between and not self.ranks) or (reads and preserve is None) or not (self.between or reads):
            return
        expected = list(preserve if reads else self.movers)
        if self.inside == "preserve backward":
            expected.reverse()
        if self.between:
            rows = [[] for _ in self.plan.sessions]
            for mover in expected:
                rows[mover if self.unit == "session" else self.plan.session_of[mover]].append(mover)
            sessions = sorted(range(len(rows)), key=lambda s: self.ranks[s], reverse=self.backward)
            expected = [mover for s in sessions for mover in rows[s]]
        for k, mover in enumerate(expected):
            if self.movers[k] != mover:
                raise Found("step %d is %s where the model has %s."
                            % (k, self.name_of(self.movers[k]), self.name_of(mover)))
            if self.between in (None, "create"):
                wave = k
            else:
                same = k > 0 and self.session_of(k) == self.session_of(k - 1)
                wave = self.steps[k - same][3]
            if self.steps[k][3] != wave:
                raise Found("step %d is in wave %d instead of %d." % (k, self.steps[k][3], wave))

    def check_preserved(self):
        files = {f for session in self.plan.preserved for f in session}
        first, last, count = {}, {}, 0
        for k, mover in enumerate(self.movers):
            f = self.plan.file_of[mover]
            if f in files:
                first.setdefault(f, k)
                last[f] = k
                count += 1
        for session in self.plan.preserved:
            done = -1
            for f in session:
                if last[f] >= count or first[f] < done:
                    raise Found("%s does not keep the place that the kernel gave it."
                                % quoted(self.plan.names[f]))
                done = last[f]

    def check_cycles(self):
        """Tarjan's components with a stack of its own: what is needed comes out first."""
        count = len(self.plan.ids)
        needs = [[] for _ in range(count)]
        inside = [(d, on) for d, on, phases in self.plan.dependencies if phases[self.p] and max(d, on) < count]
        for d, on in inside:
            needs[d].append(on)
        number, low, component, order, open_, at = [0] * count, [0] * count, [-1] * count, [], [], [0] * count
        seen = 0
        for root in range(count):
            path = [root] if not number[root] else []
            while path:
                v = path[-1]
                if not number[v]:
                    seen += 1
                    number[v] = low[v] = seen
                    open_.append(v)
                if at[v] < len(needs[v]):
                    w = needs[v][at[v]]
                    at[v] += 1
                    if not number[w]:
                        path.append(w)
                    elif component[w] < 0:
                        low[v] = min(low[v], number[w])
                    continue
                path.pop()
                if path:
                    low[path[-1]] = min(low[path[-1]], low[v])
                if low[v] == number[v]:
                    while component[v] < 0:
                        w = open_.pop()
                        component[w] = v
                        order.append(w)
        for d, on in inside:
            owner = self.plan.session_of[d]
            apart = self.unit != "session" or owner < 0 or owner != self.plan.session_of[on]
            if self.unit != "everything" and component[d] == component[on] and apart:
                raise Found("%s needs %s on a cycle."
                            % (quoted(self.plan.names[d]), quoted(self.plan.names[on])))
        return [v for v in order if self.plan.file_of[v] < 0]

    def check_dependencies(self, kernel_moved, by_wave):
        """Every dependency, directly and through what the kernel moves; then the same for the waves."""
        plan, count, sign = self.plan, len(self.plan.ids), self.sign
        key = [step[3] if by_wave else k for k, step in enumerate(self.steps)]
        first_of, last_of = ([Latest() for _ in plan.sessions] for _ in "ab")
        for k in range(len(self.steps)):
            last_of[self.session_of(k)].add(sign * key[k], k, self.movers[k])
            first_of[self.session_of(k)].add(-sign * key[k], k, self.movers[k])
        turn = -sign if self.backward else sign

        def session_key(s):
            if not self.between or self.ranks is None:
                return None
            if not by_wave:
                return turn * self.ranks[s]
            return last_of[s].two[0][0] if last_of[s].two and self.between != "create" else None

        through = {}

        def needed(on):
            steps, sessions = Latest(), Latest()
            if on < count and plan.file_of[on] < 0:
                return through[on]
            s = plan.session_of[on] if on < count else on - count
            if on < count:
                steps.add(sign * key[self.step(on)], self.step(on), on)
            elif not self.between:
                steps.join(last_of[s])
            if session_key(s) is not None:
                sessions.add(session_key(s), s, on)
            return steps, sessions

        binding = [(d, on) for d, on, phases in plan.dependencies if phases[self.p]]
        needs = {v: [] for v in kernel_moved}
        for d, on in binding:
            if d in needs:
                needs[d].append(on)
        for v in kernel_moved:
            through[v] = (Latest(), Latest())
            for on in needs[v]:
                for mine, more in zip(through[v], needed(on)):
                    mine.join(more)
        best = None
        for d, on in binding:
            if d < count and plan.file_of[d] < 0:
                continue
            steps, sessions = needed(on)
            s = plan.session_of[d] if d < count else d - count
            own = [self.step(d)] if d < count else [] if self.between else [t[1] for t in first_of[s].two]
            for k in own:
                late = steps.but(k)
                if late and late[0] + (by_wave and not self.between) > sign * key[k] and (
                        not by_wave or not self.between):
                    place = min(k, late[1])
                    best = best if best and best[0] <= place else (place, d, on, late[2], k, late[1], None)
            late = sessions.but(s)
            if late and session_key(s) is not None and late[0] + by_wave > session_key(s):
                starts = [t[1] for x in (s, late[1]) for t in first_of[x].two]
                place = min(starts, default=0)
                best = best if best and best[0] <= place else (place, d, on, late[2], 0, 0, (s, late[1]))
        if best:
            raise Found(self.tell(best, by_wave))

    def tell(self, best, by_wave):
        _, d, on, last, k, late, ranked = best
        quote = lambda v: quoted(self.plan.names[v])
        who = "%s needs %s" % (quote(d), quote(on))
        if last != on:
            who += " and so %s" % quote(last)
        if by_wave:
            return "%s, and their waves say that they could run side by side." % who
        must = "go after" if self.sign > 0 else "go before"
        if ranked:
            order = [quote(len(self.plan.ids) + s) for s in ranked]
            return "%s and must %s it, but %s and %s stand the other way round." % (who, must, *order)
        return "%s and must %s it, but they are steps %d and %d." % (who, must, k, late)

    def check_carries(self):
        plan, place = self.plan, {}
        expected = [0] * len(self.steps)
        named = lambda i: self.unit == "object" or (self.unit == "file" and plan.file_of[i] == i)
        for i in range(len(plan.ids)):
            if plan.file_of[i] >= 0 and not named(i):
                expected[self.step(i)] += 1
        for k, step in enumerate(self.steps):
            carried = [plan.ids.get(name, -1) for name in step[4]]
            fits = len(carried) == expected[k] == len(set(carried)) and all(
                i >= 0 and plan.file_of[i] >= 0 and not named(i) and self.step(i) == k for i in carried)
            if not fits or (self.unit != "file" and carried != sorted(carried)):
                raise Found("step %d does not carry what %s carries." % (k, self.name_of(self.movers[k])))
            place.update((i, at) for at, i in enumerate(carried))
        for d, on, phases in plan.dependencies if self.unit == "file" else ():
            if phases[self.p] and d in place and on in place and self.step(d) == self.step(on) and (
                    (place[on] < place[d]) != (self.sign > 0)):
                raise Found("step %d carries %s and %s in the wrong order."
                            % (self.step(d), quoted(plan.names[d]), quoted(plan.names[on])))


def check_orders(plan, problems):
    """The orders of sessions that the model names: each lists every session once."""
    ranks, names = {}, []
    for _, between, _, _ in plan.rules:
        names += [between] if between and between not in names else []
    if plan.rules[4][0] in ("file", "session"):
        names.append("retrieve")
    for name in names:
        listed = plan.orders.get(name)
        demand(listed is None or (type(listed) is list and all(type(s) is str for s in listed)),
               "an order lists names.")
        if listed is None or len(listed) != len(plan.sessions) or set(listed) != set(plan.sessions):
            problems.append("sessions: %s does not list every session once." % quoted(name))
            continue
        ranks[name] = [0] * len(listed)
        for place, session in enumerate(listed):
            ranks[name][plan.sessions[session]] = place
    created = sum(plan.created)
    if "create" in ranks and any(ranks["create"][s] != s for s in range(created)):
        problems.append('sessions: "create" does not begin with what the kernel has.')
    return ranks


def check_retrieve(plan, phase, ranks, problems):
    """Sessions by their first step, empty ones last."""
    firsts = [len(phase.steps)] * len(plan.sessions)
    for k in range(len(phase.steps) - 1, -1, -1):
        firsts[phase.session_of(k)] = k
    by_rank = sorted(range(len(firsts)), key=lambda s: ranks["retrieve"][s])
    if any(firsts[a] > firsts[b] for a, b in zip(by_rank, by_rank[1:])):
        problems.append('sessions: "retrieve" is not the order of the first steps.')


def check(plan):
    problems, preserve = [], None
    ranks = check_orders(plan, problems)
    for p, name in enumerate(PHASES):
        try:
            phase = Phase(plan, p, ranks)
            preserve = phase.movers if p == 0 and phase.unit == "file" else preserve
            if name == "retrieve" and "retrieve" in ranks:
                check_retrieve(plan, phase, ranks, problems)
            phase.check(preserve)
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
