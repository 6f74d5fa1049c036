#include <ndis.h>

// One partner in each arm.
static NDIS_HANDLE DriverHandle;

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    BOOLEAN isNew = NdisGetVersion() >= NDIS_RUNTIME_VERSION_630;

    NdisZeroMemory(&chars, sizeof(chars));
    FillHandlers(&chars);
    chars.CheckForHangHandlerEx = MPCheckForHang;
    if (isNew)
        chars.ResetHandlerEx = MPReset;
    else
        chars.ResetHandlerEx = MPOldReset, chars.DirectOidRequestHandler = NULL;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
