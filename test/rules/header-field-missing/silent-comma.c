#include <ndis.h>

static NDIS_HANDLE ProtocolHandle;

// Comma operators, a chain of assignments and a choice, through a pointer.
NDIS_STATUS RegisterProtocol(BOOLEAN IsNew)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS chars, *table = &chars;

    NdisZeroMemory(table, sizeof(*table)),
        table->Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
        (*table).Header.Size = sizeof(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS);
    table->Header.Revision = IsNew ? NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2
                                   : NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    IsNew ? (table->MinorNdisVersion = 30) : (table->MinorNdisVersion = 0);
    table->MajorDriverVersion = table->MajorNdisVersion = 6;
    table->Name = *ProtocolName(), FillHandlers(table);

    return NdisRegisterProtocolDriver(NULL, table, &ProtocolHandle);
}
