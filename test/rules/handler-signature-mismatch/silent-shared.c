#include <ndis.h>

NDIS_HANDLE DriverHandle;

// One function serves both kinds of requests, declared with one of the roles or with both.
MINIPORT_OID_REQUEST MPAnyOidRequest;
MINIPORT_CANCEL_OID_REQUEST MPCancelOidRequest;
MINIPORT_CANCEL_DIRECT_OID_REQUEST MPCancelOidRequest;

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};

    FillCharacteristics(&chars);
    chars.OidRequestHandler = MPAnyOidRequest;
    chars.CancelOidRequestHandler = MPCancelOidRequest;
    chars.DirectOidRequestHandler = MPAnyOidRequest;
    chars.CancelDirectOidRequestHandler = MPCancelOidRequest;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
