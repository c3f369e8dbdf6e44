#!/usr/bin/env python3
"""Certificates in binary, read and written from binary-certificate.md alone; what check_certificate.py says of them.

usage: goplan.py FILE...                      a line for each: class (0 legal, 1 not, 4 malformed) and a sentence
       goplan.py --plan FILE                  the plan as JSON
       goplan.py --mutate KIND COUNT SEED OUT FILE...
           writes COUNT changed certificates into one file, and prints for each what is expected. KIND "facts" changes
           what the plan or its certificate says and makes the indexes anew; KIND "bytes" changes any bytes.
"""
import json
import random
import struct
import sys

import check_certificate

PHASES = check_certificate.PHASES
UNITS = ["object", "file", "session", "everything"]
INSIDES = ["chosen", "preserve forward", "preserve backward", "together"]
NOWHERE = 0xFFFFFFFF
KERNEL, FILE, CARRIED, ACT = range(4)


class Malformed(Exception):
    """The bytes are no certificate, or their indexes lie."""


def demand(holds, what):
    if not holds:
        raise Malformed(what)


class Cursor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        size = struct.calcsize("<" + form)
        demand(self.at + size <= len(self.data), "it ends too early.")
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += size
        return found

    def numbers(self, count):
        demand(4 * count <= len(self.data) - self.at, "it ends too early.")
        return list(self.take("%dI" % count))


class Form:
    """All that a certificate holds, as lists of numbers; `rules` are (step, order, backward, inside)."""

    stray, bent = [], 0  # preserved files that no session has, and how far a list's end is off: for what is none

    def order_numbers(self):
        named = [order for order in range(1, 10) if any(rule[1] == order for rule in self.rules)]
        return named + ([0] if self.rules[4][0] in (1, 2) else [])

    @staticmethod
    def read(data):
        form, cursor = Form(), Cursor(data)
        demand(data[:8] == b"\x89GOPLAN\n", "it does not begin like a certificate.")
        cursor.at = 8
        version, zero, length = cursor.take("IIQ")
        demand(version == 1 and zero == 0 and length == len(data), "it has another version or length.")
        form.input, form.rules_digest = cursor.take("32s32s")
        form.rules = [cursor.take("4B") for _ in PHASES]
        form.tables = list(cursor.take("6B"))
        demand(cursor.take("2B") == (0, 0), "what is unused is 0.")
        sessions, objects, dependencies, form.created, preserved, files, kernel, tables, own, names = cursor.take("10I")
        steps, carried = cursor.take("6I"), cursor.take("6I")
        demand(tables <= 6 and own <= 6 and form.created <= sessions, "a number of the header cannot be.")
        demand(sessions + objects < (1 << 31) - 1, "there are too many.")
        ends = cursor.numbers(sessions)
        listed = cursor.numbers(preserved)
        demand([0] + ends == sorted([0] + ends) and (ends or [0])[-1] == preserved, "preserved files lie elsewhere.")
        form.preserved = [listed[begin:end] for begin, end in zip([0] + ends, ends)]
        form.objects = [cursor.take("I4BQ") for _ in range(objects)] if len(data) > 16 * objects else demand(0, "short")
        form.dependencies = [cursor.take("II4B") for _ in range(dependencies)] if len(data) > 12 * dependencies \
            else demand(0, "short")
        form.orders = {order: cursor.numbers(sessions) for order in form.order_numbers()}
        form.phases = []
        for step_count, carried_count in zip(steps, carried):
            rows = cursor.numbers(3 * step_count)
            rows = list(zip(rows[::3], rows[1::3], rows[2::3]))
            moved = cursor.numbers(carried_count)
            stops = [0] + [row[2] for row in rows]
            demand(stops == sorted(stops) and stops[-1] == carried_count, "what is carried lies elsewhere.")
            demand(all(row[0] <= objects + sessions and row[1] < 1 << 31 for row in rows), "a step cannot be.")
            demand(all(i < objects for i in moved), "what is carried cannot be.")
            form.phases.append([(what, wave, moved[stops[k]:end]) for k, (what, wave, end) in enumerate(rows)])
        form.ranks = [(cursor.numbers(objects), cursor.numbers(kernel)) for _ in range(tables)]
        form.sorted = cursor.numbers(sessions), cursor.numbers(objects), cursor.numbers(files)
        stops = [0] + cursor.numbers(sessions + objects + own + 1)
        demand(all(begin < end for begin, end in zip(stops, stops[1:])) and stops[-1] == names, "names lie elsewhere.")
        demand(len(data) - cursor.at == names, "it has another length.")
        try:
            texts = [data[cursor.at + begin:cursor.at + end].decode("utf-8") for begin, end in zip(stops, stops[1:])]
        except UnicodeDecodeError:
            demand(False, "a name is no UTF-8.")
        form.sessions, form.ids = texts[:sessions], texts[sessions:sessions + objects]
        form.own, form.model = texts[sessions + objects:-1], texts[-1]
        return form

    def check_facts(self):
        """What a checker over JSON cannot see of this form."""
        objects, every = len(self.objects), len(self.objects) + len(self.sessions)
        demand(all(len(s.encode()) < 64 and "\0" not in s for s in self.sessions), "a session has no such name.")
        demand(len(set(self.sessions)) == len(self.sessions) and len(set(self.ids)) == objects, "a name stands twice.")
        words = ["interleaved", "retrieve", "create", "close", "finish"] + self.own
        demand(len(set(words)) == len(words) and not any(" " in word for word in self.own), "an order has no such name.")
        firsts = [order for order in dict.fromkeys(rule[1] for rule in self.rules) if order > 3]
        demand(firsts == list(range(4, 4 + len(self.own))), "orders of one's own are numbered as they come.")
        for unit, order, backward, inside in self.rules:
            demand(unit < 4 and inside < 4 and backward <= (order != 0), "that is no rule.")
        for place, kind, phase, late, zero, token in self.objects:
            fits = {KERNEL: place == NOWHERE, FILE: place < len(self.sessions), ACT: place < len(self.sessions),
                    CARRIED: place < objects and self.objects[place][1] == FILE}.get(kind, False)
            demand(fits and zero == 0 and (kind == FILE or token == 0), "an object cannot be.")
            demand((phase < 6 and late < 2) if kind == ACT else phase == late == 0, "an object cannot be.")
        for dependent, on, phases, waived, soft, zero in self.dependencies:
            demand(dependent != on and max(dependent, on) < every and 0 < phases < 64 and zero == 0 and soft < 2
                   and waived & ~(phases if soft else 0) == 0, "a dependency cannot be.")
            for end in (dependent, on):
                demand(end >= objects or self.objects[end][1] != ACT or phases == 1 << self.objects[end][2],
                       "a dependency with an act counts in its phase.")

    def home(self, i):
        place, kind = self.objects[i][:2]
        if kind == CARRIED:
            return self.objects[place][0] if place < len(self.objects) else None
        return None if kind == KERNEL else place

    def rising(self, p, ranks):
        for dependent, on, phases, waived, _, _ in self.dependencies:
            if (phases & ~waived) >> p & 1 and max(dependent, on) < len(self.objects):
                same = self.rules[p][0] == 2 and self.home(on) is not None and self.home(on) == self.home(dependent)
                if not (ranks[on] < ranks[dependent] or (same and ranks[on] == ranks[dependent])):
                    return False
        return True

    def kernel_list(self, ranks):
        return sorted((d for d, row in enumerate(self.dependencies)
                       if row[0] < len(self.objects) and self.objects[row[0]][1] == KERNEL),
                      key=lambda d: (ranks[self.dependencies[d][0]], d))

    def sorted_lists(self):
        files = [i for i, row in enumerate(self.objects) if row[1] == FILE]
        return (sorted(range(len(self.sessions)), key=lambda s: self.sessions[s].encode()),
                sorted(range(len(self.ids)), key=lambda i: self.ids[i].encode()),
                sorted(files, key=lambda i: (self.objects[i][0], self.objects[i][5])))

    def check_indexes(self):
        demand(self.sorted == self.sorted_lists(), "a sorted list lies.")
        demand(all(listed == self.kernel_list(ranks) for ranks, listed in self.ranks), "a list of the kernel's lies.")
        for rule, table in zip(self.rules, self.tables):
            demand(table == 255 if rule[0] == 3 else table < len(self.ranks), "a phase has no such ranks.")

    def ranks_rise(self):
        return all(table == 255 or self.rising(p, self.ranks[table][0]) for p, table in enumerate(self.tables))

    def plan(self):
        """The plan as JSON has it, under names that say the numbers."""
        objects = len(self.objects)
        names = ["o%d" % i for i in range(objects)] + ["session:s%d" % s for s in range(len(self.sessions))]
        session = "s%d".__mod__
        orders = ["interleaved", "create", "close", "finish"] + self.own
        rules = {}
        for phase, (unit, order, backward, inside) in zip(PHASES, self.rules):
            between = orders[order] + (" backward" if backward else " forward") if order else "interleaved"
            rules[phase] = {"step": UNITS[unit], "between": between, "inside": INSIDES[inside]}
        facts = []
        for i, (place, kind, phase, late, _, token) in enumerate(self.objects):
            fact = {"id": names[i], "kind": "act" if kind == ACT else "file"}
            if kind in (FILE, ACT):
                fact["session"] = session(place)
            if kind == FILE:
                fact["token"] = "0x%x" % token
            if kind == CARRIED:
                fact["within"] = names[place]
            if kind == ACT:
                fact.update({"phase": PHASES[phase]}, **({"when": "late"} if late else {}))
            facts.append(fact)
        dependencies = []
        for dependent, on, named, waived, _, _ in self.dependencies:
            phases = [phase for p, phase in enumerate(PHASES) if (named & ~waived) >> p & 1]
            if phases:
                dependencies.append({"dependent": names[dependent], "on": names[on], "phases": phases})
        return {
            "schema": "graphorder/plan/1", "model": self.model,
            "sessions": {(orders[o] if o else "retrieve"): list(map(session, self.orders[o])) for o in self.orders},
            "phases": {phase: [self.step(k, *row) for k, row in enumerate(rows)]
                       for phase, rows in zip(PHASES, self.phases)},
            "dependencies": dependencies,
            "certificate": {
                "phases": rules, "objects": facts, "sessions": [
                    {"name": session(s), "created": s < self.created, "preserved": [names[f] if f < objects else "?"
                                                                                   for f in files]}
                    for s, files in enumerate(self.preserved)]}}

    def step(self, k, what, wave, carried):
        step = {"step": k, "wave": wave, "carries": ["o%d" % i for i in carried]}
        if what < len(self.objects):
            kind, home = self.objects[what][1], self.home(what)
            step["act" if kind == ACT else "object"] = "o%d" % what
            if home is not None:
                step["session"] = "s%d" % home
            if kind == FILE:
                step["token"] = "0x%x" % self.objects[what][5]
        elif what < len(self.objects) + len(self.sessions):
            step["session"] = "s%d" % (what - len(self.objects))
        return step

    def make_indexes(self):
        """A table of ranks for each phase that needs one, by rounds: a rank is above all that it needs."""
        self.sorted, self.ranks, self.tables = self.sorted_lists(), [], []
        for p, rule in enumerate(self.rules):
            ranks = [0] * len(self.objects)
            for _ in range(len(ranks) + 1):
                before = list(ranks)
                for dependent, on, phases, waived, _, _ in self.dependencies:
                    if (phases & ~waived) >> p & 1 and max(dependent, on) < len(ranks):
                        same = rule[0] == 2 and self.home(on) is not None and self.home(on) == self.home(dependent)
                        ranks[dependent] = max(ranks[dependent], ranks[on] + (not same))
                if ranks == before:
                    break
            self.tables.append(255 if rule[0] == 3 else len(self.ranks))
            if rule[0] != 3:
                self.ranks.append((ranks, self.kernel_list(ranks)))

    def write(self):
        out, words = [], lambda numbers: struct.pack("<%dI" % len(numbers), *numbers)
        ends = [sum(map(len, self.preserved[:s + 1])) for s in range(len(self.preserved))]
        ends[:1] = [end + self.bent for end in ends[:1]]
        out.append(words(ends) + words(sum(self.preserved, []) + self.stray))
        out += [struct.pack("<I4BQ", *row) for row in self.objects]
        out += [struct.pack("<II4B", *row) for row in self.dependencies]
        out += [words(self.orders[order]) for order in self.order_numbers()]
        for rows in self.phases:
            end = 0
            for what, wave, carried in rows:
                end += len(carried)
                out.append(struct.pack("<III", what, wave, end))
            out.append(words(sum((row[2] for row in rows), [])))
        out += [words(ranks) + words(listed) for ranks, listed in self.ranks] + [words(part) for part in self.sorted]
        texts = [text.encode() for text in self.sessions + self.ids + self.own + [self.model]]
        out.append(words([sum(map(len, texts[:i + 1])) for i in range(len(texts))]) + b"".join(texts))
        body = b"".join(out)
        kernel = len(self.kernel_list([0] * len(self.objects)))
        head = struct.pack("<8sIIQ", b"\x89GOPLAN\n", 1, 0, 208 + len(body)) + self.input + self.rules_digest
        head += b"".join(struct.pack("<4B", *rule) for rule in self.rules) + bytes(self.tables) + b"\0\0"
        preserved = sum(map(len, self.preserved)) + len(self.stray)
        head += words([len(self.sessions), len(self.objects), len(self.dependencies), self.created, preserved,
                       len(self.sorted[2]), kernel, len(self.ranks), len(self.own), sum(map(len, texts))])
        head += words(list(map(len, self.phases))) + words([sum(len(row[2]) for row in rows) for rows in self.phases])
        return head + body


def judge(data):
    """0 legal, 1 illegal, 4 malformed, and why."""
    try:
        form = Form.read(data)
        form.check_facts()
        form.check_indexes()
        plan = check_certificate.Plan(form.plan())
    except (Malformed, check_certificate.Malformed) as error:
        return 4, str(error)
    problems = check_certificate.check(plan) or ([] if form.ranks_rise() else ["ranks do not rise."])
    return (1, problems[0]) if problems else (0, "LEGAL")


def change(form, chance):
    """Changes one thing that a plan or its certificate says."""
    def cut(rows):
        return chance.randrange(len(rows))

    phase = chance.choice([rows for rows in form.phases if rows] or [[(0, 0, [])]])
    kind, every = chance.randrange(17), len(form.objects) + len(form.sessions)
    if kind == 16:
        acts = [row for row in phase if row[0] < len(form.objects) and form.objects[row[0]][1] == ACT] or phase
        row = chance.choice(acts)
        phase.remove(row)
        phase.insert(chance.randrange(len(phase) + 1), row)
        phase[:] = [(what, k, moved) for k, (what, _, moved) in enumerate(phase)] if chance.randrange(2) else phase
    elif kind < 4:
        i, j = cut(phase), cut(phase)
        phase[i], phase[j] = phase[j], phase[i]
        if chance.randrange(2):  # and the waves stay where they were
            (a, v, x), (b, w, y) = phase[i], phase[j]
            phase[i], phase[j] = (a, w, x), (b, v, y)
    elif kind == 4:
        i = cut(phase)
        phase[i] = (phase[i][0], max(0, phase[i][1] + chance.choice([-1, 1, 2])), phase[i][2])
    elif kind == 5:
        i = cut(phase)
        phase[i] = (chance.randrange(every + 1), *phase[i][1:])
    elif kind == 6:
        del phase[cut(phase)]
    elif kind == 7:
        phase.insert(cut(phase), phase[cut(phase)])
    elif kind == 8:
        step = chance.choice([row for row in phase if row[2]] or [(0, 0, [0])])
        i, j = cut(step[2]), cut(step[2])
        step[2][i], step[2][j] = step[2][j], step[2][i] if chance.randrange(2) else step[2][j]
        if chance.randrange(4) == 0:
            del step[2][i]
    elif kind == 9 and form.orders:
        order = form.orders[chance.choice(list(form.orders))]
        i, j = cut(order), cut(order)
        order[i], order[j] = order[j], chance.choice([order[i], order[i], order[j], chance.randrange(len(order) + 1)])
    elif kind < 13 and form.dependencies:
        i = cut(form.dependencies)
        dependent, on, phases, waived, soft, zero = form.dependencies[i]
        what = chance.randrange(5)
        if what == 0:
            dependent, on = on, dependent
        elif what == 1:
            on = chance.randrange(every + 1)
        elif what == 2:
            dependent = chance.randrange(every + 1)
        elif what == 3:
            phases = chance.randrange(1, 64)
        else:
            soft, waived = 1, phases & chance.randrange(64)
        row = (dependent, on, phases, waived, soft, zero)
        form.dependencies[i:i + chance.randrange(2)] = [row]
    elif kind == 13:
        i = cut(form.objects)
        place, what, phase_of, late, zero, token = form.objects[i]
        form.objects[i] = chance.choice([
            (NOWHERE, KERNEL, 0, 0, 0, 0), (chance.randrange(len(form.objects) + 1), CARRIED, 0, 0, 0, 0),
            (chance.randrange(len(form.sessions)), FILE, 0, 0, 0, chance.randrange(9)),
            (chance.randrange(len(form.sessions)), ACT, chance.randrange(7), 0, 0, 0),
            (place, what, chance.randrange(6) if what == ACT else 0, late, zero, token)])
    elif kind == 14:
        form.created = chance.randrange(len(form.sessions) + 1)
        first = [row[0] for row in form.phases[0] if row[0] < len(form.objects) and form.objects[row[0]][1] == FILE]
        if form.created and first and chance.randrange(2):
            form.preserved[form.objects[first[0]][0]].append(chance.choice(first[:2]))
        elif form.created and chance.randrange(2):
            form.preserved[chance.randrange(form.created)].append(chance.randrange(len(form.objects) + 2))
        form.stray, form.bent = [0] * (chance.randrange(4) == 0), max(0, chance.randrange(-3, 3))
    elif kind == 15:
        if form.own and chance.randrange(2):
            form.own[cut(form.own)] = chance.choice(["create", "retrieve", "a b", "x", form.own[0]])
        elif chance.randrange(3) == 0:
            form.model = chance.choice(["linux-7.3", "own", "own:linux-next", "explicit-graph", "session-finish"])
        else:
            p = chance.randrange(6)
            rule = list(form.rules[p])
            rule[chance.randrange(4)] = chance.randrange(4)
            form.rules[p] = tuple(rule)
            form.model = chance.choice([form.model, "own", "own:linux-7.3", "session-finish:own"])
            form.orders = {o: form.orders.get(o) or list(range(len(form.sessions))) for o in form.order_numbers()}


def changed_bytes(data, chance):
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        at = chance.randrange(8, chance.choice([min(260, len(data)), len(data)]))
        word = at & ~3
        if chance.randrange(4) == 0 and word + 4 <= len(data):
            other = chance.randrange(8, len(data)) & ~3
            data[word:word + 4] = (data[other:other + 4] + b"\0\0\0\0")[:4]
        else:
            data[at] = chance.choice([data[at] ^ 1 << chance.randrange(8), data[at] + 1 & 255, data[at] - 1 & 255])
    return bytes(data)


def mutate(kind, count, seed, out, paths):
    chance = random.Random(seed)
    sources = [open(path, "rb").read() for path in paths]
    with open(out, "wb") as stream:
        stream.write(b"GOPLANS\n")
        for _ in range(count):
            data = chance.choice(sources)
            if kind == "bytes":
                data = changed_bytes(data, chance)
            else:
                form = Form.read(data)
                for _ in range(chance.choice([1, 1, 2, 3])):
                    try:
                        change(form, chance)
                    except (LookupError, ValueError):
                        pass  # there was nothing of that kind to change
                form.make_indexes()
                if chance.randrange(40) == 0:  # more tables than phases, or one that no phase has
                    form.ranks *= chance.randrange(4)
                data = form.write()
                if chance.randrange(40) == 0:  # bytes that nothing names
                    data = data[:16] + struct.pack("<Q", len(data) + 4) + data[24:] + b"\0\0\0\0"
            stream.write(struct.pack("<I", len(data)) + data)
            print("%d %s" % judge(data))


def main(arguments):
    if arguments[:1] == ["--mutate"]:
        mutate(arguments[1], int(arguments[2]), int(arguments[3]), arguments[4], arguments[5:])
        return
    if arguments[:1] == ["--plan"]:
        print(json.dumps(Form.read(open(arguments[1], "rb").read()).plan(), indent=1))
        return
    for path in arguments:
        with open(path, "rb") as stream:
            print("%d %s" % judge(stream.read()))


if __name__ == "__main__":
    main(sys.argv[1:])
