//go:build cilium_1_17

// What Hubble's packages are called with up to Cilium 1.17.
package main

import (
	"io"

	"github.com/sirupsen/logrus"

	"github.com/cilium/cilium/hubble/pkg/printer"
	"github.com/cilium/cilium/pkg/hubble/filters"
)

func defaultFilters() []filters.OnBuildFilter {
	quiet := logrus.New()
	quiet.SetOutput(io.Discard)
	return filters.DefaultFilters(quiet)
}

// withPolicyNames is an option that 1.18 has brought.
func withPolicyNames() printer.Option {
	return func(*printer.Options) {}
}
