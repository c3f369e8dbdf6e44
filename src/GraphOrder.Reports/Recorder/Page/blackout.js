
// ---- blackout: how long each guest does not run, and what the longest waits for -------------------------------

const guestsShown = 12;

function blackoutPicture(page) {
  const { recording } = page;
  const isTimed = recording.guests.some(guest => guest.microseconds > 0);
  const first = guest => (isTimed ? guest.start : guest.pause);
  const length = guest => (isTimed ? guest.microseconds : guest.resume - guest.pause + 1);
  const guests = [...recording.guests].sort((a, b) => length(b) - length(a) || a.pause - b.pause);
  const shown = guests.slice(0, guestsShown);
  const start = Math.min(...guests.map(first));
  const whole = Math.max(...guests.map(guest => first(guest) + length(guest))) - start || 1;
  const share = amount => `${(100 * amount / whole).toFixed(3)}%`;
  const told = guest => (isTimed ? `${milliseconds(length(guest))} ms` : plural(length(guest), "step"));
  const jump = recording.steps[recording.data.kexec - 1];
  const jumpStart = isTimed ? jump.start : jump.number;
  const jumpLength = isTimed ? jump.microseconds : 1;
  const longest = guests[0];
  return element("figure", { class: "blackout" },
    element("figcaption", {}, "Longest blackout: ", element("b", {}, recording.sessionName(longest.session)),
      ` is paused for ${told(longest)}, from step ${longest.pause} to step ${longest.resume}.`,
      isTimed ? "" : " The set says no costs, so this counts steps."),
    element("div", { class: "bars" },
      element("div", { class: "jump", style: { left: `calc(var(--name) + (100% - var(--name)) * ${(jumpStart - start) / whole})`,
        width: `calc((100% - var(--name)) * ${jumpLength / whole})` } }, element("span", {}, "kexec")),
      shown.map(guest => element("div", { class: "guest" },
        element("span", { class: "name", title: recording.sessionName(guest.session) }, recording.sessionName(guest.session)),
        element("span", { class: "room" },
          button(told(guest), () => page.change({ name: "steps", step: guest.pause }, { focus: true }), {
            class: "bar", style: { marginLeft: share(first(guest) - start), width: share(length(guest)) },
            title: `${recording.sessionName(guest.session)}: step ${guest.pause} to step ${guest.resume}`,
          })))),
      guests.length > shown.length ? element("p", {},
        `${plural(guests.length - shown.length, "more guest")}, each at most ${told(guests[guestsShown])}`) : null),
    isTimed && recording.data.chain?.length ? chainPicture(recording, longest) : null);
}

function chainPicture(recording, longest) {
  const links = recording.data.chain;
  const most = Math.max(...links.map(link => link[2]), 1);
  return element("div", { class: "chain" },
    element("h3", {}, `What ${recording.sessionName(longest.session)} waits for, in ms`),
    element("ol", {}, links.map(([name, , microseconds, held]) => element("li", {},
      element("span", { class: "length", style: { width: `${(100 * microseconds / most).toFixed(2)}%` } }),
      element("span", { class: "number" }, milliseconds(microseconds)),
      element("span", {}, name, held ? element("i", {}, ` (waits for a place of ${held})`) : null)))),
    recording.data.unknownCosts > 0
      ? element("p", {}, `${plural(recording.data.unknownCosts, "step")} that guests wait for have no known cost; they count as 0.`)
      : null);
}
