//go:build !cilium_1_17

// What Hubble's packages are called with since Cilium 1.18.
package main

import (
	"log/slog"

	"github.com/cilium/cilium/hubble/pkg/printer"
	"github.com/cilium/cilium/pkg/hubble/filters"
)

func defaultFilters() []filters.OnBuildFilter {
	return filters.DefaultFilters(slog.New(slog.DiscardHandler))
}

func withPolicyNames() printer.Option {
	return printer.WithPolicyNames()
}
