#include <ndis.h>

// A version a case.
static NDIS_HANDLE DriverHandle;

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    BOOLEAN isNew = NdisGetVersion() >= NDIS_RUNTIME_VERSION_630;

    NdisZeroMemory(&chars, sizeof(chars));
    FillHandlers(&chars);
    chars.MajorNdisVersion = 6;
    switch (NdisGetVersion())
    {
    case NDIS_RUNTIME_VERSION_60:
        chars.MinorNdisVersion = 0;
        chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
        break;
    case NDIS_RUNTIME_VERSION_620:
        chars.MinorNdisVersion = 20;
        chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
        break;
    default:
        chars.MinorNdisVersion = isNew ? 80 : 30;
        chars.Header.Revision = isNew ? NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3
                                      : NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
        break;
    }
    chars.Header.Size = sizeof(chars);

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
