package main

import (
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestManifestOverHTTP: every place where Slack wants an address has one, and the bot
// listens there.
func TestManifestOverHTTP(t *testing.T) {
	var m struct {
		Features struct {
			Commands []struct{ Command, URL string } `yaml:"slash_commands"`
		}
		Settings struct {
			Events struct {
				URL    string   `yaml:"request_url"`
				Events []string `yaml:"bot_events"`
			} `yaml:"event_subscriptions"`
			Interactivity struct {
				URL     string `yaml:"request_url"`
				Enabled bool   `yaml:"is_enabled"`
			}
			Socket bool `yaml:"socket_mode_enabled"`
		}
	}
	if err := yaml.Unmarshal([]byte(overHTTP(string(manifest), "https://bot.example.org/a")), &m); err != nil {
		t.Fatal(err)
	}
	if m.Settings.Events.URL != "https://bot.example.org/a/slack/events" || len(m.Settings.Events.Events) == 0 ||
		m.Settings.Interactivity.URL != "https://bot.example.org/a/slack/interactions" || !m.Settings.Interactivity.Enabled || m.Settings.Socket {
		t.Errorf("settings %+v", m.Settings)
	}
	if len(m.Features.Commands) == 0 {
		t.Error("no command")
	}
	for _, c := range m.Features.Commands {
		if c.URL != "https://bot.example.org/a/slack/commands" {
			t.Errorf("%s goes to %q", c.Command, c.URL)
		}
	}
}
