#include <ndis.h>

NDIS_HANDLE DriverHandle;

MINIPORT_DIRECT_OID_REQUEST MPDirectOidRequest;
MINIPORT_CANCEL_DIRECT_OID_REQUEST MPCancelDirectOidRequest;

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};

    FillCharacteristics(&chars);
    chars.DirectOidRequestHandler = MPDirectOidRequest;
    chars.CancelDirectOidRequestHandler = MPCancelDirectOidRequest;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
