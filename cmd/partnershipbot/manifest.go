package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"partnershipbot/bot"
)

// manifest describes the Slack app (docs.slack.dev/reference/app-manifest).
//
//go:embed manifest.yaml
var manifest []byte

// runManifest prints the manifest, to be pasted into Slack.
func runManifest(_ context.Context, e environ, s settings, args []string) error {
	if len(args) > 0 {
		return usagef("manifest takes no %q: for HTTP mode say partnershipbot manifest -url https://your.host", args[0])
	}
	text := string(manifest)
	if s.url != "" {
		base, err := url.Parse(s.url)
		if err != nil || base.Scheme != "https" || base.Host == "" || base.RawQuery+base.Fragment != "" || base.User != nil {
			return usagef("-url: %q is not the public address of this bot: it looks like https://bot.example.org", s.url)
		}
		text = overHTTP(text, strings.TrimSuffix(base.String(), "/"))
	}
	_, err := io.WriteString(e.stdout, text)
	return err
}

// overHTTP changes a manifest so that Slack sends requests to base instead of using a
// socket (docs.slack.dev/reference/app-manifest#settings).
func overHTTP(manifest, base string) string {
	at := func(path string) string { return strconv.Quote(base + path) }
	return strings.NewReplacer(
		"      should_escape: true\n", "      should_escape: true\n      url: "+at(bot.CommandsPath)+"\n",
		"  event_subscriptions:\n", "  event_subscriptions:\n    request_url: "+at(bot.EventsPath)+"\n",
		"    is_enabled: true\n", "    is_enabled: true\n    request_url: "+at(bot.InteractionsPath)+"\n",
		"  socket_mode_enabled: true\n", "  socket_mode_enabled: false\n",
	).Replace(manifest)
}

// manifestScopes are the bot scopes that the manifest asks for.
func manifestScopes() ([]string, error) {
	var m struct {
		OAuth struct {
			Scopes struct {
				Bot []string
			}
		} `yaml:"oauth_config"`
	}
	if err := yaml.Unmarshal(manifest, &m); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	return m.OAuth.Scopes.Bot, nil
}
