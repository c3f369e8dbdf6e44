const journalView = { title: "Journal", show() {}, text: () => "" };
