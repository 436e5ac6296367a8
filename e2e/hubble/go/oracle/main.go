// Oracle answers questions about flows with Hubble's own code: which of them a filter lets through, and how the CLI
// prints them. One JSON object a line on standard input, one answer a line on standard output, in the same order.
//
//	{"flows":[F,...]}                    -> {}                 the flows that filters are asked about from now on
//	{"allow":[X,...],"deny":[X,...]}     -> {"rows":[0,3]}     places of the flows that pass, or {"error":"..."}
//	{"print":[R,...],"timeFormat":"..."} -> {"texts":["..."]}  what the CLI's compact output is, line breaks included
//
// F is a flow.Flow, X a flow.FlowFilter, R an observer.GetFlowsResponse; each in its wire form as base64.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"google.golang.org/protobuf/proto"

	flowpb "github.com/cilium/cilium/api/v1/flow"
	observerpb "github.com/cilium/cilium/api/v1/observer"
	"github.com/cilium/cilium/hubble/pkg/printer"
	hubtime "github.com/cilium/cilium/hubble/pkg/time"
	v1 "github.com/cilium/cilium/pkg/hubble/api/v1"
	"github.com/cilium/cilium/pkg/hubble/filters"
)

type question struct {
	Flows      [][]byte `json:"flows"`
	Allow      [][]byte `json:"allow"`
	Deny       [][]byte `json:"deny"`
	Print      [][]byte `json:"print"`
	TimeFormat string   `json:"timeFormat"`
	NodeName   bool     `json:"nodeName"`
	Numeric    bool     `json:"numeric"`
	Policies   bool     `json:"policies"`
}

type answer struct {
	Rows  []int    `json:"rows,omitempty"`
	Texts []string `json:"texts,omitempty"`
	Error string   `json:"error,omitempty"`
}

func main() {
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(in io.Reader, out io.Writer) error {
	questions := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	buffered := bufio.NewWriter(out)
	answers := json.NewEncoder(buffered)
	answers.SetEscapeHTML(false)
	var events []*v1.Event
	for {
		var q question
		if err := questions.Decode(&q); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		var a answer
		var err error
		switch {
		case q.Flows != nil:
			events, err = readEvents(q.Flows)
		case q.Print != nil:
			a.Texts, err = print(q)
		default:
			a.Rows, err = match(q, events)
		}
		if err != nil {
			a.Error = err.Error()
		}
		if err := answers.Encode(a); err != nil {
			return err
		}
		if err := buffered.Flush(); err != nil {
			return err
		}
	}
}

func readEvents(flows [][]byte) ([]*v1.Event, error) {
	events := make([]*v1.Event, 0, len(flows))
	for _, wire := range flows {
		flow := &flowpb.Flow{}
		if err := proto.Unmarshal(wire, flow); err != nil {
			return nil, err
		}
		events = append(events, &v1.Event{Timestamp: flow.GetTime(), Event: flow})
	}
	return events, nil
}

func match(q question, events []*v1.Event) ([]int, error) {
	allow, err := build(q.Allow)
	if err != nil {
		return nil, err
	}
	deny, err := build(q.Deny)
	if err != nil {
		return nil, err
	}
	var rows []int
	for row, event := range events {
		if filters.Apply(allow, deny, event) {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

func build(list [][]byte) (filters.FilterFuncs, error) {
	var parsed []*flowpb.FlowFilter
	for _, wire := range list {
		filter := &flowpb.FlowFilter{}
		if err := proto.Unmarshal(wire, filter); err != nil {
			return nil, err
		}
		parsed = append(parsed, filter)
	}
	return filters.BuildFilterList(context.Background(), parsed, defaultFilters())
}

func print(q question) ([]string, error) {
	var out bytes.Buffer
	options := []printer.Option{
		printer.Compact(),
		printer.Writer(&out),
		printer.WithColor("never"),
		printer.WithTimeFormat(hubtime.FormatNameToLayout(q.TimeFormat)),
	}
	if q.NodeName {
		options = append(options, printer.WithNodeName())
	}
	if !q.Numeric {
		options = append(options, printer.WithIPTranslation())
	}
	if q.Policies {
		options = append(options, withPolicyNames())
	}
	var texts []string
	for _, wire := range q.Print {
		response := &observerpb.GetFlowsResponse{}
		if err := proto.Unmarshal(wire, response); err != nil {
			return nil, err
		}
		out.Reset()
		if err := printer.New(options...).WriteGetFlowsResponse(response); err != nil {
			return nil, err
		}
		texts = append(texts, out.String())
	}
	return texts, nil
}
