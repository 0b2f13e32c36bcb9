//! From where somebody asks: the other end of the connection, or what a trusted proxy says.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use crate::services::Services;

/// Bits of an IPv6 address that one household or office is given.
const PREFIX_BITS: u32 = 64;

/// The address that a request came from; none where a proxy does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub Option<IpAddr>);

impl FromRequestParts<Services> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        services: &Services,
    ) -> Result<Self, Infallible> {
        let address = if let Some(header) = &services.settings.address_header {
            // The proxy adds its own word at the end; what stands before it anybody may write.
            let said = parts.headers.get_all(header).iter().next_back();
            let said = said.and_then(|said| said.to_str().ok());
            said.and_then(|said| said.rsplit(',').next()?.trim().parse().ok())
        } else {
            let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
            // This machine itself is a proxy that was not told to say for whom it asks.
            peer.map(|peer| peer.0.ip().to_canonical()).filter(|peer| !peer.is_loopback())
        };
        Ok(Self(address.map(household)))
    }
}

/// Whoever has one IPv6 address has all of its network.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let mask = u128::MAX << (u128::BITS - PREFIX_BITS);
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
        }
    }
}
