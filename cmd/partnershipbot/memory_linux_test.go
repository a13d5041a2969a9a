package main

import "testing"

// Only what is never written to may be given back: elsewhere something would be lost.
func TestConstant(t *testing.T) {
	const maps = `00400000-00c4d000 r-xp 00000000 fe:00 9981132                            /usr/bin/bot
00c4d000-015f5000 r--p 0084d000 fe:00 9981132                            /usr/bin/bot
015f5000-017dc000 rw-p 011f5000 fe:00 9981132                            /usr/bin/bot
017dc000-0182b000 rw-p 00000000 00:00 0
7f0000000000-7f0000010000 r--s 00000000 fe:00 77                         /var/bot/pa.db
7ffd00000000-7ffd00021000 rw-p 00000000 00:00 0                          [stack]
`
	got := constant(maps, "/usr/bin/bot")
	if len(got) != 2 || got[0] != [2]uintptr{0x400000, 0xc4d000} || got[1] != [2]uintptr{0xc4d000, 0x15f5000} {
		t.Errorf("%x", got)
	}
}
