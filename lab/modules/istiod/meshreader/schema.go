package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"
	meshconfig "istio.io/api/mesh/v1alpha1"
)

// schema has a line for each message and enum that a mesh config may contain.
type schema map[string]string

// shortName is a name without its package; no two of Istio's here are equal.
func shortName(descriptor protoreflect.Descriptor) string {
	full := string(descriptor.FullName())
	return strings.TrimPrefix(full, string(descriptor.ParentFile().Package())+".")
}

func (s schema) message(descriptor protoreflect.MessageDescriptor) {
	name := shortName(descriptor)
	if _, known := s[name]; known || descriptor.ParentFile().Package() == "google.protobuf" {
		return
	}
	s[name] = ""
	words := []string{"message", name}
	for i := 0; i < descriptor.Fields().Len(); i++ {
		words = append(words, s.field(descriptor.Fields().Get(i)))
	}
	s[name] = strings.Join(words, " ")
}

// field is a name as in Istio's API definition, its type, `[]` or `{}` for a
// list or a map of it, and after `|` the name of the oneof that it belongs to.
func (s schema) field(descriptor protoreflect.FieldDescriptor) string {
	value, kind, oneOf := descriptor, "", ""
	if descriptor.IsMap() {
		value, kind = descriptor.MapValue(), "{}"
	} else if descriptor.IsList() {
		kind = "[]"
	}
	if of := descriptor.ContainingOneof(); of != nil {
		oneOf = "|" + string(of.Name())
	}
	return fmt.Sprintf("%s:%s%s%s", descriptor.Name(), s.typeOf(value), kind, oneOf)
}

func (s schema) typeOf(value protoreflect.FieldDescriptor) string {
	if message := value.Message(); message != nil {
		s.message(message)
		return shortName(message)
	}
	if enum := value.Enum(); enum != nil {
		s.enum(enum)
		return shortName(enum)
	}
	return value.Kind().String()
}

func (s schema) enum(descriptor protoreflect.EnumDescriptor) {
	words := []string{"enum", shortName(descriptor)}
	for i := 0; i < descriptor.Values().Len(); i++ {
		value := descriptor.Values().Get(i)
		words = append(words, fmt.Sprintf("%s=%d", value.Name(), value.Number()))
	}
	s[shortName(descriptor)] = strings.Join(words, " ")
}

func printSchema() error {
	all := schema{}
	all.message((&meshconfig.MeshConfig{}).ProtoReflect().Descriptor())
	for _, line := range slices.Sorted(maps.Values(all)) {
		fmt.Println(line)
	}
	return nil
}
