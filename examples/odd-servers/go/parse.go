package main

import (
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"
)

const maxDepth = 64

var lone = regexp.MustCompile(`(?i)\\u(d[89ab][0-9a-f]{2})(\\u(d[c-f][0-9a-f]{2}))?|\\u(d[c-f][0-9a-f]{2})`)

// parse returns the frame, or as much as is known of it and the code of the error that answers it.
func parse(text string) (object, string) {
	reader := json.NewDecoder(strings.NewReader(text))
	value, err := read(reader, 0)
	_, rest := reader.Token()
	if err != nil || !errors.Is(rest, io.EOF) || halfPair(text) {
		return nil, "invalid_json"
	}
	received, isObject := value.(object)
	if _, isText := received["type"].(string); !isObject || !isText {
		return received, "invalid_frame"
	}
	for key, field := range received {
		if field != nil && !fits(key, field) {
			return received, "invalid_frame"
		}
	}
	return received, ""
}

func fits(key string, field any) bool {
	text, isText := field.(string)
	number, isNumber := field.(float64)
	switch key {
	case "data":
		_, isObject := field.(object)
		return isObject
	case "timestamp":
		return isText
	case "id", "session_id", "reply_to", "run_id":
		return isText && name.MatchString(text)
	case "seq", "ack":
		return isNumber && number >= 0 && number == float64(int64(number))
	case "replay":
		return field == true || field == false
	}
	return true
}

// read is json.Unmarshal that refuses a key given twice and more than 64 levels.
func read(from *json.Decoder, depth int) (any, error) {
	token, err := from.Token()
	delim, isDelim := token.(json.Delim)
	if err != nil || !isDelim {
		return token, err
	}
	if depth == maxDepth {
		return nil, errors.New("too deep")
	}
	fields, list := object{}, []any{}
	for from.More() {
		key := ""
		if delim == '{' {
			if token, err = from.Token(); err != nil {
				return nil, err
			}
			key = token.(string)
			if _, twice := fields[key]; twice {
				return nil, errors.New("a key comes twice")
			}
		}
		value, err := read(from, depth+1)
		if err != nil {
			return nil, err
		}
		fields[key], list = value, append(list, value)
	}
	if _, err = from.Token(); delim == '{' {
		return fields, err
	}
	return list, err
}

// halfPair finds an escape of half a surrogate pair, which Go would replace without a word.
func halfPair(text string) bool {
	for _, found := range lone.FindAllStringSubmatch(strings.ReplaceAll(text, `\\`, "  "), -1) {
		if found[3] == "" {
			return true
		}
	}
	return false
}
