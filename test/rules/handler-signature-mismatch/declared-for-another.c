#include <ndis.h>

NDIS_HANDLE DriverHandle;

MINIPORT_OID_REQUEST MPDirectOidRequest;
MINIPORT_CANCEL_DIRECT_OID_REQUEST MPCancelDirectOidRequest;

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};

    FillCharacteristics(&chars);
    chars.DirectOidRequestHandler = MPDirectOidRequest;
    //                              ^^^^^^^^^^^^^^^^^^ hint handler-signature-mismatch: 'MPDirectOidRequest' is declared 'MINIPORT_OID_REQUEST' but 'DirectOidRequestHandler' of a miniport needs 'MINIPORT_DIRECT_OID_REQUEST'
    chars.CancelDirectOidRequestHandler = MPCancelDirectOidRequest;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
