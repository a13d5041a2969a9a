package main

import (
	"io"
	"strings"
	"testing"
	"time"
)

// TestModelSettings: a value that makes no sense is refused, in the environment and as a
// flag, with the setting's name and purpose; one that does is accepted.
func TestModelSettings(t *testing.T) {
	for env, tc := range map[string]struct {
		flag, does string
		bad, good  []string
	}{
		"PARTNERSHIPBOT_MODEL_TIMEOUT": {"model-timeout", "how long it may take",
			[]string{"0", "8", "-1s", "2m", "soon"}, []string{"8s", "300ms", "1m"}},
		"PARTNERSHIPBOT_MODEL_CALLS":  {"model-calls", "calls a day", []string{"0", "-2", "1.5", "many"}, []string{"1", "500", "-1"}},
		"PARTNERSHIPBOT_MODEL_TOKENS": {"model-tokens", "tokens a day", []string{"0", "-2", "2e6"}, []string{"2500000", "-1"}},
		"PARTNERSHIPBOT_MODEL_BREAK":  {"model-break", "failures in a row", []string{"0", "-1", "x"}, []string{"1", "3"}},
		"PARTNERSHIPBOT_MODEL_PRICES": {"model-prices", "price of a million",
			[]string{"1", "1,", "-1,2", "NaN,1", "1,Inf", "1,2x", "1,2,3"}, []string{"0.40,1.60", "0,0", "1, 2"}},
	} {
		set := func(v string) (byEnv, byFlag error) {
			s, _ := newSettings("ask", func(name string) string {
				if name == env {
					return v
				}
				return ""
			})
			byEnv = s.check()
			_, fs := newSettings("ask", func(string) string { return "" })
			fs.SetOutput(io.Discard)
			return byEnv, fs.Parse([]string{"-" + tc.flag, v})
		}
		for _, v := range tc.bad {
			byEnv, byFlag := set(v)
			if byEnv == nil || !strings.Contains(byEnv.Error(), env) || !strings.Contains(byEnv.Error(), tc.does) {
				t.Errorf("%s=%s: error %v", env, v, byEnv)
			}
			if byFlag == nil || !strings.Contains(byFlag.Error(), tc.does) {
				t.Errorf("-%s %s: error %v", tc.flag, v, byFlag)
			}
		}
		for _, v := range tc.good {
			if byEnv, byFlag := set(v); byEnv != nil || byFlag != nil {
				t.Errorf("%s=%s: errors %v, %v", env, v, byEnv, byFlag)
			}
		}
	}
	s, _ := newSettings("ask", func(name string) string {
		return map[string]string{"PARTNERSHIPBOT_MODEL_TIMEOUT": "5s", "PARTNERSHIPBOT_MODEL_PRICES": "0.40,1.60"}[name]
	})
	if m := s.model; m.Timeout != 5*time.Second || m.PriceIn != 0.4 || m.PriceOut != 1.6 {
		t.Errorf("settings: %+v", m)
	}
}

// TestClerkSettings: whatever Slack may give as an id is accepted, and nothing else.
func TestClerkSettings(t *testing.T) {
	for clerks, ok := range map[string]bool{
		"U9": true, "W012A3CDE": true, "S0CLERKS,U0123ABCD": true, "U1 ; U2": true, "": true,
		"U": false, "@jane": false, "u0123abcd": false, "C0123ABCD": false, "U0123ABCD,jane": false, "U0123-ABCD": false,
	} {
		s, _ := newSettings("serve", func(name string) string { return map[string]string{"PARTNERSHIPBOT_CLERKS": clerks}[name] })
		if err := s.check(); (err == nil) != ok {
			t.Errorf("%q: error %v", clerks, err)
		}
	}
}
