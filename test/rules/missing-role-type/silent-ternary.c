#include <ndis.h>

static NDIS_HANDLE FilterHandle;

NDIS_STATUS LwfPauseNew(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters);
NDIS_STATUS LwfPauseOld(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters);

// What the expression yields is not told.
NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject, BOOLEAN IsNew)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.PauseHandler = IsNew ? LwfPauseNew : LwfPauseOld;
    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &chars, &FilterHandle);
}
