// A destination's metadata id, its kind, is not the destination's own id.
// expect: ((cannot convert|no viable conversion|no known conversion).*DestinationMetadataId)

#include "segment/segment.hpp"

void remove(const segment::Client& client, const segment::Destination& destination) {
#ifdef FIXED
  client.destinations().remove(destination.id);
#else
  client.destinations().remove(destination.metadata.id);
#endif
}
