package report_test

import (
	"context"
	"encoding/json"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/report"
)

// check makes axe examine the page, then measures how wide the page becomes in a frame of 320
// pixels, and writes the findings where the test can read them.
const check = `<script>
axe.run(document).then(found => {
	const told = list => list.map(one => one.id + ": " + one.help + ": " + one.nodes.map(node => node.html).join(" "));
	const frame = document.createElement("iframe");
	frame.width = 320;
	frame.onload = () => {
		const result = document.createElement("pre");
		result.textContent = "FOUND" + JSON.stringify({
			violations: told(found.violations), incomplete: told(found.incomplete), passes: found.passes.length,
			wide: innerWidth, needed: frame.contentDocument.documentElement.scrollWidth, narrow: frame.contentWindow.innerWidth,
		}) + "END";
		document.body.append(result);
	};
	frame.srcdoc = PAGE;
	document.body.append(frame);
});
</script>`

// TestAxe makes axe-core check the pages in Chromium, both with wide tables and with stacked
// ones (a window is never narrower than 500 pixels), and checks that they fit a screen of 1280
// pixels at 400 %. It runs only if AXE names axe-core's script and CHROMIUM a browser.
func TestAxe(t *testing.T) {
	script, chromium := os.Getenv("AXE"), os.Getenv("CHROMIUM")
	if script == "" || chromium == "" {
		t.Skip("AXE and CHROMIUM name axe-core's script and a browser")
	}
	axe, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	pages := documents(t)
	history := everywhere(t, hostile+"\n"+strings.Repeat("W", 2000))
	c := handlers.CaseOf(history)
	pages["hostile assessment"] = report.Assessment(c, history, name, printed)
	pages["hostile register"] = report.Register([]handlers.Case{c}, printed)
	for name, d := range pages {
		t.Run(name, func(t *testing.T) {
			page := htmlOf(t, d)
			for _, width := range []string{"1280", "500"} {
				axed(t, chromium, page, string(axe), width)
			}
		})
	}
}

// axed fails if axe finds something, or if the page has to be scrolled sideways.
func axed(t *testing.T, chromium, page, axe, width string) {
	t.Helper()
	_, policy, _ := strings.Cut(page, `<meta http-equiv="Content-Security-Policy"`)
	policy, _, _ = strings.Cut(policy, ">")
	page = strings.Replace(page, `<meta http-equiv="Content-Security-Policy"`+policy+">", "", 1) // it allows no script to run
	plain, err := json.Marshal(page)
	if err != nil {
		t.Fatal(err)
	}
	page = strings.Replace(page, "</head>", "<script>"+axe+"</script></head>", 1)
	page = strings.Replace(page, "</body>", strings.Replace(check, "PAGE", string(plain), 1)+"</body>", 1)
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir="+filepath.Join(dir, "profile"),
		"--window-size="+width+",900", "--virtual-time-budget=20000", "--dump-dom", "file://"+file).Output()
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(out), "<pre>FOUND")
	text, _, ok := strings.Cut(text, "END</pre>")
	var found struct {
		Violations, Incomplete       []string
		Passes, Wide, Needed, Narrow int
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(text)), &found); !ok || err != nil {
		t.Fatalf("axe told nothing (%v)", err)
	}
	t.Logf("%d wide: %d rules passed, %d not decided, %d violated", found.Wide, found.Passes, len(found.Incomplete), len(found.Violations))
	if found.Passes < 10 {
		t.Errorf("only %d rules passed", found.Passes)
	}
	for _, one := range append(found.Violations, found.Incomplete...) {
		t.Errorf("%s wide: %s", width, one)
	}
	if found.Narrow != 320 || found.Needed > found.Narrow {
		t.Errorf("in %d pixels the page needs %d", found.Narrow, found.Needed)
	}
}
