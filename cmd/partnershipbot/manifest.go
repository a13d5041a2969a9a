package main

import (
	"context"
	_ "embed"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// manifest is the Slack app as it is set up (docs.slack.dev/reference/app-manifest).
//
//go:embed manifest.yaml
var manifest []byte

// runManifest prints the manifest to paste into Slack.
func runManifest(_ context.Context, e environ, _ settings, _ []string) error {
	_, err := e.stdout.Write(manifest)
	return err
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
