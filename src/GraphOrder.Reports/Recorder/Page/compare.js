const compareView = { title: "Compare", show() {}, text: () => "" };
