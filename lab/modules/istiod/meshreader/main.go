// Meshreader answers, line by line, how Istio itself reads a mesh config and
// how its YAML library reads a text: what the lab compares its own reader with.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pkg/config/mesh"
	"istio.io/istio/pkg/log"
	"istio.io/istio/pkg/util/protomarshal"
	"sigs.k8s.io/yaml"
)

// request is one line of the standard input: texts of mesh configs in the
// order in which istiod applies them, or one text of YAML.
type request struct {
	Mesh []string `json:"mesh"`
	YAML *string  `json:"yaml"`
}

// response is one line of the standard output.
type response struct {
	// Errors has one entry for each text; an empty one was applied.
	Errors []string `json:"errors,omitempty"`
	// Value is the mesh config, or what the YAML says, as JSON.
	Value json.RawMessage `json:"value,omitempty"`
}

func readMesh(texts []string) (response, error) {
	config := mesh.DefaultMeshConfig()
	errors := make([]string, len(texts))
	for i, text := range texts {
		read, err := applyTo(config, text)
		if err != nil {
			errors[i] = err.Error()
			continue
		}
		config = read
	}
	value, err := protomarshal.ToJSON(config)
	return response{Errors: errors, Value: json.RawMessage(value)}, err
}

// applyTo leaves the config alone when a text is refused.
func applyTo(config *meshconfig.MeshConfig, text string) (*meshconfig.MeshConfig, error) {
	return mesh.ApplyMeshConfig(text, protomarshal.Clone(config))
}

func readYAML(text string) response {
	value, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return response{Errors: []string{err.Error()}}
	}
	return response{Value: value}
}

func answer(line []byte) (response, error) {
	var asked request
	if err := json.Unmarshal(line, &asked); err != nil {
		return response{}, err
	}
	if asked.YAML != nil {
		return readYAML(*asked.YAML), nil
	}
	return readMesh(asked.Mesh)
}

func serve() error {
	in := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			answered, err := answer(line)
			if err != nil {
				return err
			}
			if err := out.Encode(answered); err != nil {
				return err
			}
		}
		if err != nil {
			return nil
		}
	}
}

func main() {
	for _, scope := range log.Scopes() {
		scope.SetOutputLevel(log.NoneLevel)
	}
	run := serve
	if len(os.Args) > 1 && os.Args[1] == "schema" {
		run = printSchema
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
